"""A form decoded the quick way holds what was typed into it."""

import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import payload

FORM = b"application/x-www-form-urlencoded"
AWKWARD = "=3D %41 %zz + & ; == =\r\n\t ünïcödé 🎉 \u202e <!channel>"


def submission(typed: str) -> str:
    view = {"id": "V1", "type": "modal", "private_metadata": typed}
    return json.dumps({"type": "view_submission", "user": {"id": "U1"}, "view": view}, ensure_ascii=False)


def sparingly(text: str) -> str:
    """A form may leave these as they are."""
    return quote(text, safe='={}[]:,"')


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_what_was_typed_arrives_however_it_was_encoded(typed: str) -> None:
    for encode in (quote_plus, quote, sparingly):
        body = b"payload=" + encode(submission(typed)).encode()
        assert payload.parse(FORM, body)["view"]["private_metadata"] == typed


@pytest.mark.parametrize("encode", [quote_plus, quote, sparingly])
@pytest.mark.parametrize("form", ["payload={}", "payload={}&more=1", "first=1&payload={}"])
def test_awkward_text_arrives_wherever_the_payload_stands(form: str, encode: Callable[[str], str]) -> None:
    body = form.format(encode(submission(AWKWARD))).encode()
    assert payload.parse(FORM, body)["view"]["private_metadata"] == AWKWARD


@pytest.mark.parametrize("escape", ["%", "%z", "%zz", "%=", "%%", "=0A", "%\n", "%C3%28"])
def test_a_broken_escape_is_refused_or_taken_as_text(escape: str) -> None:
    body = b"payload=" + quote_plus(submission("here")).replace("here", escape).encode()
    try:
        typed = payload.parse(FORM, body)["view"]["private_metadata"]
    except ValueError:
        return
    assert isinstance(typed, str)

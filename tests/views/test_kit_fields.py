"""A flat form: one row per field is shown, and read back under the row's name."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import kit
from bot.views.kit.fields import KINDS, Kind
from playground.blockkit import check_view

FIELDS = tuple(kit.Field(kind, f"A {kind}", kind, optional=True, hint="A hint.", most=3) for kind in KINDS)
MENU = {"1": "One", "2": "Two"}
CHOICES = {"choice": MENU, "numbered": MENU}
FILLED: dict[str, Any] = {
    "text": "a word",
    "long_text": "two\nlines",
    "choice": "2",
    "numbered": 2,
    "person": "U1",
    "people": ["U1", "U2"],
    "channels": ["C1"],
    "date": date(2026, 11, 18),
}
NOTHING: dict[str, Any] = {**dict.fromkeys(KINDS), "text": "", "long_text": "", "people": [], "channels": []}


def form(values: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = kit.modal(
        "x", "X", kit.fields(FIELDS, values, choices=CHOICES), submit="Save"
    ).to_dict()
    return shown


def submitted(values: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack sends it when nothing was changed in the form."""
    view = form(values)
    state = {block["block_id"]: {"value": _state(block["element"])} for block in view["blocks"]}
    return {**view, "state": {"values": state}}


def _state(element: dict[str, Any]) -> dict[str, Any]:
    """`initial_users` of an element come back as `selected_users`, the text of an input as its `value`."""
    return {
        "value" if key == "initial_value" else key.replace("initial_", "selected_"): value
        for key, value in element.items()
    }


def test_every_kind_is_shown_and_read_back() -> None:
    assert check_view(form(FILLED)) == []
    assert kit.read(submitted(FILLED), FIELDS) == FILLED


def test_an_empty_form_reads_as_nothing() -> None:
    assert kit.read(submitted({}), FIELDS) == kit.read({}, FIELDS) == NOTHING


@given(st.recursive(st.none() | st.text() | st.integers(), lambda x: st.dictionaries(st.text(), x)))
def test_whatever_comes_back_is_read_calmly(state: object) -> None:
    fields = {kind: {"value": state} for kind in KINDS}
    assert kit.read({"state": {"values": fields}}, FIELDS).keys() == NOTHING.keys()


@pytest.mark.parametrize("kind", ["choice", "numbered"])
def test_a_menu_with_nothing_to_choose_from_is_left_out(kind: Kind) -> None:
    row = kit.Field("which", "Which?", kind)
    assert kit.fields([row]) == kit.fields([row], choices={"which": {}}) == []
    (shown,) = kit.fields([row], {"which": 1}, choices={"which": MENU})
    assert shown.to_dict()["element"]["initial_option"]["value"] == "1"


@pytest.mark.parametrize("kind", ["text", "long_text"])
def test_a_text_keeps_its_limit_and_its_height(kind: Kind) -> None:
    (shown,) = kit.fields([kit.Field("what", "What?", kind, limit=40)])
    element = shown.to_dict()["element"]
    assert (element["max_length"], element["multiline"]) == (40, kind == "long_text")

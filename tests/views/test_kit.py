"""Whatever people type reaches Slack as text: no mention, link or heading of theirs comes alive."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import kit

CONTROL = re.compile(r"<[!@#a-z]")
NASTY = [
    "<!channel>",
    "<@U123>",
    "<!here|x>",
    "<https://evil.example|bank>",
    "&lt;!channel&gt;",
    "a & b < c > d",
]


@pytest.mark.parametrize("text", NASTY)
def test_escaped_text_holds_no_control_sequence(text: str) -> None:
    assert not CONTROL.search(kit.escape(text))


@given(st.text())
def test_escaping_keeps_every_word_as_slack_shows_it(text: str) -> None:
    shown = kit.escape(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == text
    assert "<" not in kit.escape(text)


@given(st.text(alphabet=st.characters(codec=None), max_size=50))
def test_cleaned_text_can_be_stored_everywhere(text: str) -> None:
    cleaned = kit.clean(text)
    assert "\x00" not in cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@given(st.text(min_size=1, max_size=300), st.integers(2, 100))
def test_short_text_fits_and_says_when_it_was_cut(text: str, limit: int) -> None:
    shown = kit.short(text, limit)
    assert len(shown) <= limit
    assert shown == text or shown.endswith("…")


@given(
    st.recursive(st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x))
)
def test_reading_values_survives_any_shape(state: object) -> None:
    values = kit.Values({"state": {"values": {"wins": {"value": state}}, "other": state}})
    assert isinstance(values.text("wins"), str)
    assert isinstance(values.choices("wins"), list)
    assert values.choice("wins") is None or isinstance(values.choice("wins"), str)


def test_typed_text_is_shown_in_a_plain_text_object() -> None:
    block = kit.typed("<!channel> *bold* `code`").to_dict()
    assert block["text"] == {"type": "plain_text", "text": "<!channel> *bold* `code`", "emoji": True}

"""What every unasked message has in common: several in one, the menu below, and why it came."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.capabilities import house
from bot.errors import NotFound
from bot.models import RhythmInForce
from bot.models.notifications import Why
from bot.models.rhythms import Source
from bot.services.nudges import NUDGE
from bot.slack import Message
from bot.views import checkins
from bot.views import notifications as views
from bot.views.notifications import Ref
from playground.blockkit import check_blocks, check_view
from tests.views.test_nudges import NAME, RHYTHM, WEEK, all_of_them, blocks, elements


@pytest.mark.parametrize(
    "value",
    ["", "[]", '{"notification":0}', '{"notification":"x"}', '{"notification":1,"wish":"all"}', None, 7],
)
def test_an_old_or_forged_menu_is_answered_with_a_sentence(value: object) -> None:
    with pytest.raises(NotFound, match="no longer works"):
        Ref.decode(value)


def merged(parts: Sequence[Message]) -> Message:
    message = views.merged_message(parts)
    assert check_blocks(blocks(message)) == []
    return message


def test_one_thing_alone_needs_no_heading() -> None:
    part = checkins.asked_message(WEEK)
    assert merged([part]) is part


def test_several_things_are_one_message_with_one_primary_button() -> None:
    message = merged(all_of_them()[:5])
    assert message.text.startswith("Five things for you: How was your week?")
    assert [one.get("style") for one in elements(message)].count("primary") == 1
    assert [one["type"] for one in elements(message)].count("overflow") == 5


def test_where_a_message_is_kept_is_said_once_and_only_if_it_is_in_there() -> None:
    parts = all_of_them()[2:6] * 3
    assert "my Home tab." in str(blocks(views.merged_message(parts)))
    told = str(blocks(views.merged_message(parts, kept_in=["the plants, on the sill"] * 2)))
    assert "my Home tab; the plants, on the sill." in told


@given(name=NAME, count=st.integers(2, 60))
@example(name="&" * 300, count=60)
def test_however_much_there_is_it_fits_into_one_message(name: str, count: int) -> None:
    parts = all_of_them(name)[2:6] * 15
    message = merged(parts[:count])
    assert len(blocks(message)) <= 50
    assert len(message.text) <= 1100
    if count > 16:
        assert "All of it waits for you on my Home tab" in str(blocks(message))


@pytest.mark.parametrize("why", [*(kind.why for kind in house().kinds.values()), views.OTHER])
def test_why_names_what_it_is_part_of_rule_who_set_it_and_how_to_change_it(why: Why) -> None:
    view = views.why_window(why, RHYTHM, "ask your HR admin, <Hana>,").to_dict()
    assert check_view(view) == []
    assert "{" not in "".join(block["text"]["text"] for block in view["blocks"] if "text" in block)
    for words in (
        "*Part of*",
        "*Rule*",
        "*Who set it*",
        "*Change it*",
        "&lt;Hana&gt;",
        "My day and rhythm" if "{rhythm}" in why.rule else "My preferences",
        "Pause me",
    ):
        assert words in str(view)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("person", "You chose this yourself."),
        ("department", "This is the rhythm of Sales, chosen by Hana."),
        ("company", "This is your company's rhythm, chosen by Hana."),
        ("pack", "This comes with the questions of Sales; nobody has chosen otherwise."),
        ("default", "This is what I do until somebody chooses otherwise."),
    ],
)
def test_why_says_who_set_the_rhythm(source: Source, sentence: str) -> None:
    rhythm = RhythmInForce(0, 570, 2, source, chosen_by="Hana", place="Sales")
    shown = str(views.why_window(NUDGE.why, rhythm, "ask HR").to_dict())
    assert sentence.replace("'", "\\'") in shown or sentence in shown
    assert "on Mondays at 09:30, every two weeks" in shown

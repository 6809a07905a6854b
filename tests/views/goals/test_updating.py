"""An update's form: numbers, lines and ticks, read back, and what stays after a conflict."""

import pytest

from bot.errors import Invalid
from bot.models.goals import Confidence, Milestone
from bot.views import goals as views
from bot.views.goals.parts import Ref
from tests.views.goals.builders import MOVE, PILOT, a_reading, a_result, a_summary, said, submitted


def test_an_update_has_three_fields_at_most_and_one_tap_for_no_change() -> None:
    for reading in (
        a_reading(),
        a_reading(a_result()),
        a_reading(a_result(), a_result(**PILOT), a_result(**MOVE)),
    ):
        view = views.update_form(reading, Ref())
        assert len([block for block in view.blocks if block.type == "input"]) == 3
        assert "No change" in said(view)
    assert "No change" not in said(views.update_form(a_reading(summary=a_summary(confidence=None)), Ref()))


def test_a_single_number_is_read_with_or_without_its_unit() -> None:
    reading = a_reading(a_result())
    view = views.update_form(reading, Ref())
    for typed in ("28", "28 tickets", "28,0"):
        assert views.read_update(submitted(view, progress=typed), reading).values == {12: 28}
    untouched = views.read_update(submitted(view), reading)
    assert (untouched.values, untouched.confidence) == ({12: 31}, Confidence.AT_RISK)
    assert (untouched.goal_id, untouched.seen) == (7, 3)


def test_several_key_results_are_read_line_by_line() -> None:
    reading = a_reading(a_result(), a_result(**PILOT), a_result(**MOVE))
    view = views.update_form(reading, Ref())
    shown = "Tickets per week: 31 tickets\nPilot is live: no\nMove: all of it: Schema"
    field = next(block for block in view.to_dict()["blocks"] if block.get("block_id") == "progress:3")
    assert field["element"]["initial_value"].replace("\xa0", " ") == shown
    typed = "Tickets per week: 25\nPilot is live: yes\nMove: all of it: Schema; Data: old"
    update = views.read_update(submitted(view, progress=typed), reading)
    assert (update.values, update.done) == ({12: 25, 13: 1.0}, {14: frozenset({0, 1})})


def test_what_is_done_is_ticked_where_nothing_is_counted() -> None:
    reading = a_reading(a_result(**PILOT), a_result(**MOVE))
    view = views.update_form(reading, Ref())
    update = views.read_update(submitted(view, progress=["13", "14:0", "14:2"]), reading)
    assert (update.values, update.done) == ({13: 1.0}, {14: frozenset({0, 2})})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Tickets per week: 25", "There are 3 key results and 1 line"),
        ("Tickets: many\nPilot: yes\nMove: none", "Tickets per week: Write one number"),
        ("Tickets: 25\nPilot: perhaps\nMove: none", "Pilot is live: write yes or no"),
        ("Tickets: 25\nPilot: no\nMove: Party", "I know no milestone of that name"),
    ],
)
def test_a_summary_that_cannot_be_read_is_named(typed: str, sentence: str) -> None:
    reading = a_reading(a_result(), a_result(**PILOT), a_result(**MOVE))
    view = views.update_form(reading, Ref())
    with pytest.raises(Invalid) as refused:
        views.read_update(submitted(view, progress=typed), reading)
    assert sentence in refused.value.sentence


def test_an_unknown_milestone_is_answered_with_all_there_are() -> None:
    steps = a_result(**MOVE | {"milestones": tuple(Milestone(f"Step {number}") for number in range(8))})
    reading = a_reading(a_result(), steps)
    view = views.update_form(reading, Ref())
    with pytest.raises(Invalid, match=r"Step 0; .*; Step 7"):
        views.read_update(submitted(view, progress="Tickets: 25\nMove: Party"), reading)


def test_after_a_conflict_ones_own_words_stay_and_the_rest_is_as_it_is_now() -> None:
    seen = a_reading(a_result())
    sent = submitted(views.update_form(seen, Ref()), progress="28", note="Mine")
    now = a_reading(
        a_result(current=25.0), summary=a_summary(version=4, progress=0.75, confidence=Confidence.ON_TRACK)
    )
    view = views.update_form(now, Ref(), conflict="Ben was faster.", typed=sent)
    assert "Ben was faster." in said(view)
    update = views.read_update(submitted(view), now)
    assert (update.values, update.note, update.seen) == ({12: 28}, "Mine", 4)
    assert update.confidence == Confidence.ON_TRACK

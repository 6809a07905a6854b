"""An update's form: numbers and ticks, read back, and what stays after a conflict."""

import pytest

from bot.errors import Invalid
from bot.models.goals import Confidence
from bot.views import goals as views
from bot.views.goals.parts import Ref
from tests.views.goals.builders import MOVE, PILOT, a_reading, a_result, a_summary, said, submitted

ALL = (a_result(), a_result(**PILOT), a_result(**MOVE))


def test_an_update_has_a_field_for_each_number_and_one_for_what_is_done() -> None:
    for reading, fields in ((a_reading(), 3), (a_reading(a_result()), 3), (a_reading(*ALL), 4)):
        view = views.update_form(reading, Ref())
        assert len([block for block in view.blocks if block.type == "input"]) == fields
        assert "No change" in said(view)
    assert "No change" not in said(views.update_form(a_reading(summary=a_summary(confidence=None)), Ref()))


def test_a_number_is_labelled_with_its_way_and_read_with_or_without_its_unit() -> None:
    reading = a_reading(a_result())
    view = views.update_form(reading, Ref())
    assert "Tickets per week (40 → 20 tickets)" in said(view).replace("\\xa0", " ")
    for typed in ("28", "28 tickets", "28,0"):
        assert views.read_update(submitted(view, **{"key_results.12": typed}), reading).values == {12: 28}
    untouched = views.read_update(submitted(view), reading)
    assert (untouched.values, untouched.confidence) == ({12: 31}, Confidence.AT_RISK)
    assert (untouched.goal_id, untouched.seen) == (7, 3)


def test_what_is_typed_comes_back_as_it_was_typed() -> None:
    reading = a_reading(a_result(current=1500.5, typed={"current": "1.500,5"}))
    view = views.update_form(reading, Ref())
    assert "'initial_value': '1.500,5 tickets'" in said(view).replace("\\xa0", " ")
    update = views.read_update(submitted(view, **{"key_results.12": "1'500 tickets"}), reading)
    assert (update.values, update.typed) == ({12: 1500}, {12: "1'500"})


def test_numbers_and_ticks_are_read_side_by_side() -> None:
    reading = a_reading(*ALL)
    view = views.update_form(reading, Ref())
    update = views.read_update(
        submitted(view, **{"key_results.12": "25", "progress": ["13", "14:1"]}), reading
    )
    assert (update.values, update.done) == ({12: 25, 13: 1.0}, {14: frozenset({1})})


def test_a_number_that_cannot_be_read_is_refused_under_its_field() -> None:
    reading = a_reading(*ALL)
    view = views.update_form(reading, Ref())
    with pytest.raises(Invalid, match="Write one number") as refused:
        views.read_update(submitted(view, **{"key_results.12": "many"}), reading)
    assert refused.value.field == "key_results.12"


def test_what_is_done_is_ticked_where_nothing_is_counted() -> None:
    reading = a_reading(a_result(**PILOT), a_result(**MOVE))
    view = views.update_form(reading, Ref())
    update = views.read_update(submitted(view, progress=["13", "14:0", "14:2"]), reading)
    assert (update.values, update.done) == ({13: 1.0}, {14: frozenset({0, 2})})


def test_after_a_conflict_ones_own_words_stay_and_the_rest_is_as_it_is_now() -> None:
    seen = a_reading(a_result())
    sent = submitted(views.update_form(seen, Ref()), **{"key_results.12": "28", "note": "Mine"})
    now = a_reading(
        a_result(current=25.0), summary=a_summary(version=4, progress=0.75, confidence=Confidence.ON_TRACK)
    )
    view = views.update_form(now, Ref(), typed=sent)
    update = views.read_update(submitted(view), now)
    assert (update.values, update.note, update.seen) == ({12: 28}, "Mine", 4)
    assert update.confidence == Confidence.ON_TRACK

"""Scores as the field counts them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import KeyResult
from bot.models.goals import Confidence, GoalKind, Measure, Milestone, scoring
from tests.conftest import NOW

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))
SHARES = st.floats(0, 1)


def metric(start: float, target: float, current: float, weight: float = 1.0) -> KeyResult:
    return KeyResult(measure=Measure.METRIC, start=start, target=target, current=current, weight=weight)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_score_lies_between_nothing_and_all(start: float, target: float, current: float) -> None:
    if start != target:
        assert 0 <= scoring.score(metric(start, target, current)) <= 1


@given(NUMBERS, NUMBERS)
def test_at_the_start_it_is_nothing_and_at_the_target_all(start: float, target: float) -> None:
    if start != target:
        assert scoring.score(metric(start, target, start)) == 0
        assert scoring.score(metric(start, target, target)) == 1


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_falling_number_scores_as_its_mirror_image(start: float, target: float, current: float) -> None:
    if start != target:
        mirrored = scoring.raw_score(metric(-start, -target, -current))
        assert scoring.raw_score(metric(start, target, current)) == pytest.approx(mirrored)


@given(st.lists(st.tuples(NUMBERS, st.floats(0.1, 100)), min_size=1, max_size=8))
def test_progress_lies_between_the_lowest_and_the_highest_score(ways: list[tuple[float, float]]) -> None:
    results = [metric(0, 100, current, weight) for current, weight in ways]
    scores = [scoring.score(result) for result in results]
    progress = scoring.progress(results)
    assert progress is not None
    assert min(scores) - 1e-9 <= progress <= max(scores) + 1e-9


def test_going_further_than_asked_is_kept_for_information() -> None:
    result = metric(10, 20, 25)
    assert (scoring.raw_score(result), scoring.score(result)) == (1.5, 1)


@pytest.mark.parametrize(("current", "expected"), [(99.9, 1), (99.85, 1), (99.95, 1), (99.8, 0), (100, 0)])
def test_a_hold_is_all_within_its_tolerance_and_nothing_outside(current: float, expected: float) -> None:
    result = KeyResult(
        measure=Measure.HOLD, start=99.9, target=99.9, current=current, tolerance=0.05, weight=1
    )
    assert scoring.score(result) == expected


def test_milestones_count_by_weight_and_a_tick_is_all_or_nothing() -> None:
    named = (Milestone("a", 1, True), Milestone("b", 3))
    assert scoring.score(KeyResult(measure=Measure.MILESTONES, milestones=named, weight=1)) == 0.25
    assert scoring.score(KeyResult(measure=Measure.YES_NO, current=1, weight=1)) == 1
    assert scoring.score(KeyResult(measure=Measure.YES_NO, current=0, weight=1)) == 0


def test_a_dropped_key_result_leaves_the_mean() -> None:
    kept, dropped = metric(0, 10, 5), metric(0, 10, 0)
    dropped.dropped_at = NOW
    assert scoring.progress([kept, dropped]) == 0.5
    assert scoring.progress([dropped]) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, 0.0),
        (0.34, 0.3),
        (0.35, 0.4),
        (0.64, 0.6),
        (0.65, 0.7),
        (0.7 - 1e-12, 0.7),
        (1.0, 1.0),
    ],
)
def test_a_score_is_shown_with_one_decimal_halves_upwards(value: float, shown: float) -> None:
    assert scoring.shown(value) == shown


@pytest.mark.parametrize(
    ("kind", "share", "progress", "hint"),
    [
        (GoalKind.COMMITTED, 0.5, 0.3, Confidence.AT_RISK),  # the example of the field
        (GoalKind.ASPIRATIONAL, 0.5, 0.3, Confidence.ON_TRACK),
        (GoalKind.COMMITTED, 0.5, 0.4, Confidence.ON_TRACK),
        (GoalKind.COMMITTED, 0.5, 0.25, Confidence.AT_RISK),
        (GoalKind.COMMITTED, 0.5, 0.24, Confidence.OFF_TRACK),
        (GoalKind.COMMITTED, 0.19, 0.0, None),
        (GoalKind.LEARNING, 0.9, 0.0, None),
    ],
)
def test_the_pace_hint_goes_by_the_gap_and_keeps_still_at_first(
    kind: GoalKind, share: float, progress: float, hint: Confidence | None
) -> None:
    assert scoring.pace_hint(kind, progress, share) == hint


@given(SHARES, SHARES, SHARES)
def test_more_progress_never_looks_worse(share: float, some: float, more: float) -> None:
    some, more = sorted((some, more))
    order = [Confidence.OFF_TRACK, Confidence.AT_RISK, Confidence.ON_TRACK]
    hints = [scoring.pace_hint(GoalKind.COMMITTED, progress, share) for progress in (some, more)]
    if None not in hints:
        assert order.index(hints[0] or order[0]) <= order.index(hints[1] or order[0])


def test_a_period_elapses_day_by_day() -> None:
    first, last = date(2026, 10, 1), date(2026, 12, 31)
    assert scoring.elapsed(first, last, date(2026, 9, 1)) == 0
    assert scoring.elapsed(first, last, date(2026, 11, 16)) == 0.5
    assert 0.98 < scoring.elapsed(first, last, last) < 1
    assert scoring.elapsed(first, last, date(2027, 1, 1)) == 1

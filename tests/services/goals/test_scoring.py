"""Scores as the field counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import KeyResult
from bot.models.goals import Confidence, GoalKind, Measure, Milestone, scoring
from tests.conftest import NOW

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))
SHARES = st.floats(0, 1)
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
DAY = timedelta(days=1)
DAYS = st.dates(FIRST - 30 * DAY, LAST + 30 * DAY)
WITHIN = st.dates(FIRST, LAST)


def score(result: KeyResult) -> float:
    """How every number but one to hold scores: whatever the day."""
    return scoring.score(result, LAST, FIRST)


def hold(current: float, since: date = FIRST, weight: float = 1.0) -> KeyResult:
    return KeyResult(
        measure=Measure.HOLD,
        start=99.9,
        target=99.9,
        current=current,
        tolerance=0.05,
        held_from=since,
        read_on=since,
        held_days=0,
        weight=weight,
    )


def metric(start: float, target: float, current: float, weight: float = 1.0) -> KeyResult:
    return KeyResult(measure=Measure.METRIC, start=start, target=target, current=current, weight=weight)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_score_lies_between_nothing_and_all(start: float, target: float, current: float) -> None:
    if start != target:
        assert 0 <= score(metric(start, target, current)) <= 1


@given(NUMBERS, NUMBERS)
def test_at_the_start_it_is_nothing_and_at_the_target_all(start: float, target: float) -> None:
    if start != target:
        assert score(metric(start, target, start)) == 0
        assert score(metric(start, target, target)) == 1


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_falling_number_scores_as_its_mirror_image(start: float, target: float, current: float) -> None:
    if start != target:
        mirrored = scoring.raw_score(metric(-start, -target, -current), LAST, FIRST)
        assert scoring.raw_score(metric(start, target, current), LAST, FIRST) == pytest.approx(mirrored)


@given(st.lists(st.tuples(NUMBERS, st.floats(0.1, 100)), min_size=1, max_size=8))
def test_progress_lies_between_the_lowest_and_the_highest_score(ways: list[tuple[float, float]]) -> None:
    results = [metric(0, 100, current, weight) for current, weight in ways]
    scores = [score(result) for result in results]
    progress = scoring.progress(results, LAST, FIRST)
    assert progress is not None
    assert min(scores) - 1e-9 <= progress <= max(scores) + 1e-9


def test_going_further_than_asked_is_kept_for_information() -> None:
    result = metric(10, 20, 25)
    assert (scoring.raw_score(result, LAST, FIRST), score(result)) == (1.5, 1)


@pytest.mark.parametrize(
    ("current", "holds"), [(99.9, True), (99.85, True), (99.95, True), (99.8, False), (100, False)]
)
def test_a_number_is_held_within_its_tolerance(current: float, holds: bool) -> None:
    assert scoring.is_held(hold(current)) == holds
    assert scoring.score(hold(current), LAST, LAST + DAY) == holds


@given(WITHIN)
def test_a_number_to_hold_begins_at_nothing_and_always_held_ends_at_all(since: date) -> None:
    result = hold(99.9, since)
    assert scoring.score(result, LAST, since) == 0
    assert scoring.score(result, LAST, LAST + DAY) == 1
    assert scoring.score(result, LAST, LAST + 9 * DAY) == 1


@given(WITHIN, DAYS)
def test_always_held_it_is_exactly_at_an_even_pace(since: date, today: date) -> None:
    held = scoring.score(hold(99.9, since), LAST, today)
    assert held == pytest.approx(scoring.elapsed(since, LAST, today))


@given(WITHIN, st.lists(st.tuples(WITHIN, st.sampled_from([99.9, 90.0])), max_size=8), DAYS)
def test_a_number_to_hold_scores_the_share_of_its_days(
    since: date, readings: list[tuple[date, float]], today: date
) -> None:
    """The days are counted one by one here, each as it was read last by then."""
    result, told = hold(99.9, since), sorted(readings, key=lambda one: one[0])
    told = [(max(since, on), value) for on, value in told if on <= today]
    for on, value in told:
        result.held_days, result.read_on = scoring.held_days(result, LAST, on), on
        result.current = value
    span = [since + DAY * n for n in range((LAST - since).days + 1)]
    held = [day for day in span if day < today and ([99.9] + [v for on, v in told if on <= day])[-1] == 99.9]
    assert scoring.score(result, LAST, max(today, since)) == pytest.approx(len(held) / len(span))


@given(WITHIN, st.sampled_from([99.9, 90.0]), st.floats(0.1, 100), NUMBERS, DAYS)
def test_progress_grows_by_the_daily_gain_and_by_nothing_else(
    since: date, current: float, weight: float, other: float, today: date
) -> None:
    """Lists know progress and daily gain only; they must say the same as the goal's page, which knows the results."""
    results = [hold(current, since, weight), metric(0, 100, other)]
    before = scoring.progress(results, LAST, since) or 0
    gain = scoring.daily_gain(results, LAST, since)
    later = scoring.progress(results, LAST, max(today, since))
    assert scoring.as_of(today, before, gain, since, LAST) == pytest.approx(later)


@given(DAYS, DAYS)
def test_nothing_is_expected_of_a_goal_on_the_day_it_was_set(set_on: date, today: date) -> None:
    begins_on = scoring.begins_on(FIRST, LAST, set_on)
    assert FIRST <= begins_on <= LAST
    share = scoring.elapsed(begins_on, LAST, today)
    if today <= begins_on:
        assert share == 0
    assert share <= scoring.elapsed(FIRST, LAST, today) + 1e-9
    assert scoring.elapsed(begins_on, LAST, LAST + DAY) == 1


def test_milestones_count_by_weight_and_a_tick_is_all_or_nothing() -> None:
    named = (Milestone("a", 1, True), Milestone("b", 3))
    assert score(KeyResult(measure=Measure.MILESTONES, milestones=named, weight=1)) == 0.25
    assert score(KeyResult(measure=Measure.YES_NO, current=1, weight=1)) == 1
    assert score(KeyResult(measure=Measure.YES_NO, current=0, weight=1)) == 0


def test_a_dropped_key_result_leaves_the_mean() -> None:
    kept, dropped = metric(0, 10, 5), metric(0, 10, 0)
    dropped.dropped_at = NOW
    assert scoring.progress([kept, dropped], LAST, FIRST) == 0.5
    assert scoring.progress([dropped], LAST, FIRST) is None


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
    assert scoring.tenth(value) == shown


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


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (0.333, 33), (0.335, 34), (0.7, 70), (0.999, 100)])
def test_progress_is_shown_in_whole_per_cent(value: float, shown: int) -> None:
    assert scoring.percent(value) == shown

"""Scores as the field counts them: pure arithmetic on key results, 0.0–1.0. People read them in per cent.

A number to hold scores the share of its time for which it has held, as a service level does (the SRE Workbook,
"Implementing SLOs"): nothing on its first day, all of it at the end if it always held.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.models.goals.tables import Confidence, GoalKind, KeyResult, Measure

STRETCH = 0.7  # what an aspirational goal is expected to reach
ON_TRACK_GAP, AT_RISK_GAP = 0.10, 0.25
SILENT_SHARE = 0.2  # of a goal's time: too early to say
PRECISION = 1e-9  # what adding up floats may be off by
DAY = timedelta(days=1)


def begins_on(starts_on: date, ends_on: date, set_on: date) -> date:
    """The first day that counts for a goal or a key result: the later of the period's first and the day it was set."""
    return min(ends_on, max(starts_on, set_on))


def raw_score(result: KeyResult, ends_on: date, today: date) -> float:
    """The score has no limits: below 0 it went the wrong way, above 1 further than asked. A metric's target is
    never its start. `ends_on` is the last day of its goal.
    """
    if result.measure == Measure.MILESTONES:
        whole = sum(one.weight for one in result.milestones)
        return sum(one.weight for one in result.milestones if one.done) / whole if whole else 0.0
    if result.measure == Measure.YES_NO:
        return 1.0 if result.current >= 1 else 0.0
    if result.measure == Measure.HOLD:
        days = (ends_on - result.held_from).days + 1 if result.held_from else 0
        return held_days(result, ends_on, today) / days if days > 0 else 0.0
    return (result.current - result.start) / (result.target - result.start)


def is_held(result: KeyResult) -> bool:
    return abs(result.current - result.target) <= result.tolerance + PRECISION


def held_days(result: KeyResult, ends_on: date, today: date) -> int:
    """The full days on which it has held, `today` not among them. A reading holds good until the next one."""
    if result.read_on is None or not is_held(result):
        return result.held_days
    return result.held_days + max(0, (min(today, ends_on + DAY) - result.read_on).days)


def score(result: KeyResult, ends_on: date, today: date) -> float:
    return min(1.0, max(0.0, raw_score(result, ends_on, today)))


def progress(results: Sequence[KeyResult], ends_on: date, today: date) -> float | None:
    """The weighted mean of the key results that were not dropped. None if there are none."""
    live = [result for result in results if result.dropped_at is None]
    whole = sum(result.weight for result in live)
    if not whole:
        return None
    return min(1.0, max(0.0, sum(score(result, ends_on, today) * result.weight for result in live) / whole))


def daily_gain(results: Sequence[KeyResult], ends_on: date, today: date) -> float:
    """What one more day adds to the progress if nobody reports anything: numbers to hold are held for that day."""
    tomorrow = progress(results, ends_on, today + DAY) or 0.0
    return tomorrow - (progress(results, ends_on, today) or 0.0)


def as_of(today: date, progress: float, daily_gain: float, scored_on: date, ends_on: date) -> float:
    """The progress of today, from that of the day on which it was last counted."""
    days = max(0, (min(today, ends_on + DAY) - scored_on).days)
    return min(1.0, max(0.0, progress + daily_gain * days))


def tenth(value: float) -> float:
    """One decimal, halves upwards, as people round: 0.65 becomes 0.7."""
    return int(value * 10 + 0.5 + PRECISION) / 10


def percent(value: float) -> int:
    """Progress is shown in whole per cent, halves upwards."""
    return int(value * 100 + 0.5 + PRECISION)


def elapsed(begins_on: date, ends_on: date, today: date) -> float:
    """The share of a goal's time that is over, 0.0–1.0. Its last day belongs to it."""
    days = (ends_on - begins_on).days + 1
    return min(1.0, max(0.0, (today - begins_on).days / days))


def expected(kind: GoalKind, share: float) -> float:
    """Where a goal would be after this share of its time at an even pace."""
    return share * (STRETCH if kind == GoalKind.ASPIRATIONAL else 1.0)


def pace_hint(kind: GoalKind, progress: float, share: float) -> Confidence | None:
    """A suggestion beside the owner's own word, never instead of it. There is none in the first fifth of its
    time, nor for learning goals, which have no pace.
    """
    if share < SILENT_SHARE or kind == GoalKind.LEARNING:
        return None
    gap = expected(kind, share) - progress
    if gap <= ON_TRACK_GAP + PRECISION:
        return Confidence.ON_TRACK
    return Confidence.AT_RISK if gap <= AT_RISK_GAP + PRECISION else Confidence.OFF_TRACK

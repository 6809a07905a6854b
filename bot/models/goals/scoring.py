"""Scores as the field counts them: pure arithmetic on key results, 0.0–1.0, shown with one decimal."""

from collections.abc import Sequence
from datetime import date

from bot.models.goals.tables import Confidence, GoalKind, KeyResult, Measure

STRETCH = 0.7  # what an aspirational goal is expected to reach
ON_TRACK_GAP, AT_RISK_GAP = 0.10, 0.25
SILENT_SHARE = 0.2  # of the period: too early to say
PRECISION = 1e-9  # what adding up floats may be off by


def raw_score(result: KeyResult) -> float:
    """The score has no limits: below 0 it went the wrong way, above 1 further than asked. A metric's target is
    never its start.
    """
    if result.measure == Measure.MILESTONES:
        whole = sum(one.weight for one in result.milestones)
        return sum(one.weight for one in result.milestones if one.done) / whole if whole else 0.0
    if result.measure == Measure.YES_NO:
        return 1.0 if result.current >= 1 else 0.0
    if result.measure == Measure.HOLD:
        return 1.0 if abs(result.current - result.target) <= result.tolerance + PRECISION else 0.0
    return (result.current - result.start) / (result.target - result.start)


def score(result: KeyResult) -> float:
    return min(1.0, max(0.0, raw_score(result)))


def progress(results: Sequence[KeyResult]) -> float | None:
    """The weighted mean of the key results that were not dropped. None if there are none."""
    live = [result for result in results if result.dropped_at is None]
    whole = sum(result.weight for result in live)
    if not whole:
        return None
    return min(1.0, max(0.0, sum(score(result) * result.weight for result in live) / whole))


def shown(value: float) -> float:
    """One decimal, halves upwards: 0.65 is shown as 0.7, as people round."""
    return int(value * 10 + 0.5 + PRECISION) / 10


def elapsed(starts_on: date, ends_on: date, today: date) -> float:
    """The share of the period that is over, 0.0–1.0. Its last day belongs to it."""
    days = (ends_on - starts_on).days + 1
    return min(1.0, max(0.0, (today - starts_on).days / days))


def expected(kind: GoalKind, share: float) -> float:
    """Where a goal would be after this share of its period at an even pace."""
    return share * (STRETCH if kind == GoalKind.ASPIRATIONAL else 1.0)


def pace_hint(kind: GoalKind, progress: float, share: float) -> Confidence | None:
    """A suggestion beside the owner's own word, never instead of it. There is none in the first fifth of the
    period, nor for learning goals, which have no pace.
    """
    if share < SILENT_SHARE or kind == GoalKind.LEARNING:
        return None
    gap = expected(kind, share) - progress
    if gap <= ON_TRACK_GAP + PRECISION:
        return Confidence.ON_TRACK
    return Confidence.AT_RISK if gap <= AT_RISK_GAP + PRECISION else Confidence.OFF_TRACK

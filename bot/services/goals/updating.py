"""Saying how a goal stands: numbers, confidence and a sentence, or that nothing has changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid
from bot.models import Goal, KeyResult, Person
from bot.models.goals import WORRYING, Deed, Measure, Update
from bot.services.goals import measuring, telling, typed
from bot.services.goals.access import to_change
from bot.services.goals.recording import record

DROPPED = "This key result no longer counts. Open the goal again to see those that do."
COMPUTED = "The progress of this goal follows from its key results. Change their numbers instead."


async def update(session: AsyncSession, me: Person, change: Update, *, now: datetime) -> bool:
    """Whether it is in trouble from now on, at risk or off track; the manager hears of that the same day."""
    found = await to_change(session, me, change.goal_id, seen=change.seen)
    goal, confidence_before = found.goal, found.goal.confidence
    changes = await _apply(session, goal, change)
    goal.version, goal.touched_at = goal.version + 1, now
    note = typed.words(change.note, field="note", limit=typed.NOTE)
    record(session, me, goal, Deed.UPDATED, note=note, change=changes, now=now)
    await session.flush()
    if change.confidence not in WORRYING or change.confidence == confidence_before:
        return False
    await telling.trouble(session, me, found.owner, goal, change.confidence, now)
    return True


async def leave_as_it_is(
    session: AsyncSession, me: Person, goal_id: int, *, seen: int, now: datetime
) -> None:
    """Looked at, nothing has changed: that too is news, and the goal is not quiet."""
    goal = (await to_change(session, me, goal_id, seen=seen)).goal
    goal.touched_at = now
    record(session, me, goal, Deed.LEFT_AS_IT_IS, now=now)
    await session.flush()


async def _apply(session: AsyncSession, goal: Goal, change: Update) -> dict[str, Any]:
    """Returns what was before and after, by key result."""
    results = await measuring.key_results_of(session, goal.id)
    by_id = {result.id: result for result in measuring.live(results)}
    changes: dict[str, Any] = {}
    for result_id, value in change.values.items():
        changes |= _set_value(_one_of(by_id, result_id), value)
    for result_id, places in change.done.items():
        changes |= _set_done(_one_of(by_id, result_id), places)
    if change.progress is not None:
        _score_oneself(goal, results, change.progress)
    if change.confidence is not None:
        goal.confidence = change.confidence
    measuring.score_anew(goal, results)
    return changes


def _one_of(by_id: Mapping[int, KeyResult], result_id: int) -> KeyResult:
    if result_id not in by_id:
        raise Invalid(DROPPED, field=f"key_results.{result_id}")
    return by_id[result_id]


def _set_value(result: KeyResult, value: float) -> Mapping[str, Any]:
    field = f"key_results.{result.id}"
    if result.measure == Measure.MILESTONES:
        raise Invalid("This key result has milestones. Tick those that are done.", field=field)
    if result.measure == Measure.YES_NO and value not in (0, 1):
        raise Invalid("This key result is done or not. Choose one of the two.", field=field)
    before, result.current = result.current, typed.number(value, field=field)
    return {str(result.id): [before, result.current]} if before != result.current else {}


def _set_done(result: KeyResult, places: frozenset[int]) -> Mapping[str, Any]:
    if result.measure != Measure.MILESTONES or not places <= set(range(len(result.milestones))):
        raise Invalid(
            "These milestones have changed meanwhile. Open the goal again.", field=f"key_results.{result.id}"
        )
    before = [place for place, one in enumerate(result.milestones) if one.done]
    if before == sorted(places):
        return {}
    result.milestones = measuring.ticked(result.milestones, places)
    return {str(result.id): [before, sorted(places)]}


def _score_oneself(goal: Goal, results: Sequence[KeyResult], progress: float) -> None:
    if not measuring.is_own_score(goal.kind, results):
        raise Invalid(COMPUTED, field="progress")
    goal.progress = typed.score(progress, field="progress")

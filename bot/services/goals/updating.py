"""Saying how a goal stands: by an update, by "no change", in a check-in, and with messages as evidence."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import Checkin, CheckinGoal, Goal, GoalEvidence, KeyResult, Person
from bot.models.goals import WORRYING, Confidence, Deed, GoalReading, GoalState, GoalSummary, Measure, Update
from bot.services import notifications, typed
from bot.services.goals import key_results, limits
from bot.services.goals.access import access, record, require_open, shared_by, to_change
from bot.services.goals.kinds import OFF_TRACK
from bot.services.goals.reading import read
from bot.services.goals.summaries import IS_OPEN, marked, summaries

DROPPED = "This key result no longer counts. Open the goal again to see those that do."
COMPUTED = "The progress of this goal follows from its key results. Change their numbers instead."

TROUBLE_EXPIRES = timedelta(days=7)  # after which trouble is no news but a topic for the digest

PERMALINK = re.compile(r"https://[a-z0-9.-]+\.slack\.com/archives/\S+")
LONGEST_LINK = 500  # characters of a link
IN_CHECKIN = 3


async def update(session: AsyncSession, me: Person, change: Update, *, now: datetime) -> bool:
    """Returns True if the goal is newly at risk or off track. The manager hears of that the same day."""
    found = await to_change(session, me, change.goal_id, seen=change.seen, now=now)
    goal, confidence_before = found.goal, found.goal.confidence
    changes = await _apply(session, goal, change, clock.local(now, me.timezone).date())
    goal.version, goal.touched_at = goal.version + 1, now
    note = typed.optional(change.note, field="note", most=limits.NOTE, count=limits.YOURS)
    record(session, me, goal, Deed.UPDATED, note=note, change=changes, now=now)
    await session.flush()
    if change.confidence not in WORRYING or change.confidence == confidence_before:
        return False
    await _tell_manager_of_trouble(session, me, found.owner, goal, change.confidence, now)
    return True


async def report_no_change(
    session: AsyncSession, me: Person, goal_id: int, *, seen: int, now: datetime
) -> None:
    """An owner has looked, and nothing has changed. The goal is not quiet then."""
    goal = (await to_change(session, me, goal_id, seen=seen, now=now)).goal
    goal.touched_at = now
    record(session, me, goal, Deed.LEFT_AS_IT_IS, now=now)
    await session.flush()


async def _apply(session: AsyncSession, goal: Goal, change: Update, today: date) -> dict[str, Any]:
    """Returns the values before and after, by key result."""
    results = await key_results.of_goal(session, goal.id)
    by_id = {result.id: result for result in key_results.live(results)}
    changes: dict[str, Any] = {}
    for result_id, value in change.values.items():
        result = _live_one(by_id, result_id)
        key_results.count_held_days(result, goal, today)
        changes |= _set_value(result, value, change.typed.get(result_id))
    for result_id, places in change.done.items():
        changes |= _set_done(_live_one(by_id, result_id), places)
    if change.progress is not None:
        _set_own_score(goal, results, change.progress)
    if change.confidence is not None:
        goal.confidence = change.confidence
    key_results.score_anew(goal, results, today)
    return changes


def _live_one(by_id: Mapping[int, KeyResult], result_id: int) -> KeyResult:
    if result_id not in by_id:
        raise Invalid(DROPPED, field=f"key_results.{result_id}")
    return by_id[result_id]


def _set_value(result: KeyResult, value: float, typed_as: str | None) -> Mapping[str, Any]:
    field = f"key_results.{result.id}"
    if result.measure == Measure.MILESTONES:
        raise Invalid("This key result has milestones. Tick those that are done.", field=field)
    if result.measure == Measure.YES_NO and value not in (0, 1):
        raise Invalid("This key result is done or not. Choose one of the two.", field=field)
    before, result.current = result.current, limits.number(value, field=field)
    if typed_as is not None:
        result.typed = {**(result.typed or {}), "current": typed_as}
    return {str(result.id): [before, result.current]} if before != result.current else {}


def _set_done(result: KeyResult, places: frozenset[int]) -> Mapping[str, Any]:
    if result.measure != Measure.MILESTONES or not places <= set(range(len(result.milestones))):
        raise Invalid(
            "These milestones have changed meanwhile. Open the goal again.", field=f"key_results.{result.id}"
        )
    before = [place for place, one in enumerate(result.milestones) if one.done]
    if before == sorted(places):
        return {}
    result.milestones = key_results.ticked(result.milestones, places)
    return {str(result.id): [before, sorted(places)]}


def _set_own_score(goal: Goal, results: Sequence[KeyResult], progress: float) -> None:
    if not key_results.is_scored_by_owner(goal.kind, results):
        raise Invalid(COMPUTED, field="progress")
    goal.progress = limits.score(progress, field="progress")


async def _tell_manager_of_trouble(
    session: AsyncSession,
    actor: Person,
    owner: Person,
    goal: Goal,
    confidence: Confidence,
    now: datetime,
) -> None:
    """The manager hears of each degree of trouble once a day. The latest replaces the one before."""
    if owner.manager_id is None or owner.manager_id == actor.id:
        return
    day = clock.local(now, owner.timezone).date()
    keys = {degree: f"{OFF_TRACK.name}:{goal.id}:{owner.manager_id}:{degree}:{day}" for degree in Confidence}
    key = keys.pop(confidence)
    await notifications.cancel(session, *keys.values(), reason="back_on_track")
    await notifications.plan(
        session,
        person_id=owner.manager_id,
        kind=OFF_TRACK,
        key=key,
        subject={"goal": goal.id},
        due_at=now,
        expires_at=now + TROUBLE_EXPIRES,
    )


async def trouble(
    session: AsyncSession, recipient: Person, goal_id: int, *, now: datetime
) -> GoalReading | None:
    """The goal for the manager's message. None once it is on track again, or closed."""
    reading = await read(session, recipient, goal_id, now=now)
    is_open = reading.closing is None
    return reading if is_open and reading.summary.confidence in WORRYING else None


async def add_evidence(
    session: AsyncSession, me: Person, goal_id: int, *, permalink: str, now: datetime
) -> None:
    """Only the link is kept, with who added it and when. The message itself stays where it is."""
    await to_change(session, me, goal_id, now=now)
    if len(permalink) > LONGEST_LINK or not PERMALINK.fullmatch(permalink):
        raise Invalid(
            "That is no link to a Slack message. Use “Add to goal” on the message.", field="permalink"
        )
    row = {"goal_id": goal_id, "permalink": permalink, "added_by_id": me.id, "added_at": now}
    if not await insert_rows(session, GoalEvidence, [row]):
        raise AlreadyDone("This message is kept with the goal already.")


async def serve(session: AsyncSession, me: Person, *, checkin_id: int, goal_id: int | None) -> None:
    """What matters next in one's own check-in serves this goal, or none."""
    own = select(Checkin.id).where(Checkin.id == checkin_id, Checkin.person_id == me.id)
    if await session.scalar(own) is None:
        raise NotFound("That check-in is not yours to link.")
    await session.execute(delete(CheckinGoal).where(CheckinGoal.checkin_id == checkin_id))
    if goal_id is None:
        return
    require_open((await access(session, me, goal_id)).goal, me)
    await insert_rows(session, CheckinGoal, [{"checkin_id": checkin_id, "goal_id": goal_id}])


async def served(session: AsyncSession, checkin_id: int) -> int | None:
    """The caller has checked already that the check-in may be read."""
    which = select(CheckinGoal.goal_id).where(CheckinGoal.checkin_id == checkin_id)
    found: int | None = await session.scalar(which)
    return found


async def for_checkin(session: AsyncSession, me: Person, *, now: datetime) -> tuple[GoalSummary, ...]:
    """A check-in asks about a few goals whose period has begun: agreed ones first, then those not updated for
    longest.
    """
    today = clock.local(now, me.timezone).date()
    begun = Goal.starts_on <= today
    agreed_first = case((Goal.state == GoalState.AGREED, 0), else_=1)
    order = (agreed_first, Goal.touched_at, Goal.id)
    found = await summaries(
        session, shared_by(me), IS_OPEN, begun, order=order, limit=IN_CHECKIN, today=today
    )
    return await marked(session, found, now)

"""A goal goes on in the next quarter with what is left of it."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import Invalid
from bot.models import Goal, GoalCoOwner, KeyResult, Person
from bot.models.goals import Deed, GoalState, Level, Measure, scoring
from bot.services.goals import calendar, key_results
from bot.services.goals.access import Found, enter, record
from bot.services.goals.agreement import active_manager

CARRIED_OVER = (
    *("level", "owner_id", "department_id", "team_manager_id", "title", "detail", "kind", "visibility"),
    *("parent_id", "is_local"),
)  # of a goal's row


async def carry_over(session: AsyncSession, me: Person, found: Found, now: datetime) -> int:
    """The new goal holds what is left of the old one. The manager agrees to it by confirming how the old one ended."""
    if not found.owner.is_active:
        raise Invalid(
            f"{found.owner.name} has left. Hand the goal over to somebody first, or close or drop it.",
            field="outcome",
        )
    old, today = found.goal, clock.local(now, me.timezone).date()
    period = calendar.quarter_after(max(old.ends_on, today))
    manager = await active_manager(session, found.owner)
    is_agreed = old.level == Level.COMPANY or manager is None or manager.id == me.id
    new = Goal(
        **{name: getattr(old, name) for name in CARRIED_OVER},
        period=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        begins_on=period.starts_on,
        scored_on=today,
        carried_from_id=old.id,
        set_by_id=old.owner_id,
        set_at=now,
        touched_at=now,
    )
    enter(new, GoalState.AGREED if is_agreed else GoalState.PROPOSED, me, now)
    session.add(new)
    await session.flush()
    await _copy_what_is_left(session, old, new, today)
    record(session, me, new, Deed.PROPOSED, change={"carried_from": old.id}, now=now)
    return new.id


async def _copy_what_is_left(session: AsyncSession, old: Goal, new: Goal, today: date) -> None:
    sharing = await session.execute(
        select(GoalCoOwner.person_id, GoalCoOwner.since).where(GoalCoOwner.goal_id == old.id)
    )
    session.add_all(GoalCoOwner(goal_id=new.id, person_id=who, since=since) for who, since in sharing)
    results = key_results.live(await key_results.of_goal(session, old.id))
    rest = [_unfinished_part(one, new.id) for one in results if not _is_reached(one, old, today)]
    session.add_all(rest)
    for result in rest:
        key_results.start_holding(result, new, today)
    if key_results.is_scored_by_owner(old.kind, results):
        new.progress = old.progress
    key_results.score_anew(new, rest, today)


def _is_reached(result: KeyResult, goal: Goal, today: date) -> bool:
    """A number to hold is never reached, since it has to be held on."""
    return result.measure != Measure.HOLD and scoring.score(result, goal.ends_on, today) >= 1


def _unfinished_part(result: KeyResult, goal_id: int) -> KeyResult:
    """A number goes on from where it is, and milestones with those that are not done."""
    return KeyResult(
        goal_id=goal_id,
        title=result.title,
        measure=result.measure,
        unit=result.unit,
        start=result.current if result.measure == Measure.METRIC else result.start,
        target=result.target,
        current=result.current,
        tolerance=result.tolerance,
        milestones=tuple(replace(one, done=False) for one in result.milestones if not one.done),
        weight=result.weight,
        held_days=0,
        typed=_typed_from_here(result),
    )


def _typed_from_here(result: KeyResult) -> dict[str, str]:
    """A number goes on from where it is, so its start is shown as its value was typed."""
    typed = dict(result.typed or {})
    typed.pop("start", None)
    return typed | ({"start": typed["current"]} if "current" in typed else {})

"""When a message about goals is over, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.models import Goal, GoalClosing, GoalCoOwner, Notification, Person
from bot.models.goals import OPEN_STATES, WORRYING, GoalState
from bot.services import notifications
from bot.services.notifications import Ended

BECAME = {
    GoalState.CHANGE_SUGGESTED: "{who} suggested a change",
    GoalState.AGREED: "{who} agreed to this",
    GoalState.CLOSED: "{who} closed this goal",
    GoalState.DROPPED: "{who} dropped this goal",
    GoalState.CARRIED_OVER: "{who} carried this goal over",
}
STATE_TIME = "%Y%m%dT%H%M%S%f"


async def proposed(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """Somebody answered, the goal was closed or proposed anew, or its owner left."""
    goals, people = await _about(session, said)

    def ended(goal: Goal, one: Notification) -> Ended | None:
        return (
            _hidden(goal, people, one)
            or _became(goal, people)
            or _anew(goal, one)
            or _left(goal, people, one)
        )

    return _over(said, goals, ended)


async def answered(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """The reader opened the goal, or its owner left."""
    goals, people = await _about(session, said)

    def ended(goal: Goal, one: Notification) -> Ended | None:
        return _left(goal, people, one) or notifications.opened_by(people.get(one.person_id), one)

    return _over(said, goals, ended)


async def off_track(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """The goal is on track again or closed, its owner left, or the reader has opened it."""
    goals, people = await _about(session, said)

    def ended(goal: Goal, one: Notification) -> Ended | None:
        return (
            _hidden(goal, people, one)
            or _closed(goal, people)
            or _recovered(goal)
            or _left(goal, people, one)
            or notifications.opened_by(people.get(one.person_id), one)
        )

    return _over(said, goals, ended)


async def closed(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """The manager confirmed how the goal ended, or its owner left."""
    goals, people = await _about(session, said)
    rows = await session.execute(
        select(GoalClosing.goal_id, GoalClosing.confirmed_at, Person)
        .join(Person, Person.id == GoalClosing.confirmed_by_id)
        .where(GoalClosing.goal_id.in_(goals))
    )
    confirmed = {goal_id: Ended("{who} confirmed this", by=by, at=at) for goal_id, at, by in rows}

    def ended(goal: Goal, one: Notification) -> Ended | None:
        return _hidden(goal, people, one) or confirmed.get(goal.id) or _left(goal, people, one)

    return _over(said, goals, ended)


def _over(
    said: Sequence[Notification],
    goals: Mapping[int, Goal],
    ended: Callable[[Goal, Notification], Ended | None],
) -> dict[int, Ended]:
    over: dict[int, Ended] = {}
    for one in said:
        goal = goals.get(one.subject["goal"])
        if goal and (end := ended(goal, one)):
            over[one.id] = end
    return over


async def period_ended(
    session: AsyncSession, said: Sequence[Notification], now: datetime
) -> dict[int, Ended]:
    """No goal of the reader's is open any more although its period is over."""
    people = await notifications.readers(session, (one.person_id for one in said))
    left = await _left_to_close(session, list(people))
    closings = await session.execute(
        select(GoalClosing.closed_by_id, func.max(GoalClosing.closed_at))
        .where(GoalClosing.closed_by_id.in_(people))
        .group_by(GoalClosing.closed_by_id)
    )
    last = {row[0]: row[1] for row in closings}
    over: dict[int, Ended] = {}
    for one in said:
        reader = people[one.person_id]
        today = clock.local(now, reader.timezone).date()
        if any(ends_on < today for owner_id, ends_on in left if owner_id == reader.id):
            continue
        at = last.get(reader.id)
        over[one.id] = (
            Ended("{who} closed what was left", by=reader, at=at)
            if at and one.sent_at and at >= one.sent_at
            else Ended("No goal of that period is open any more")
        )
    return over


async def _left_to_close(session: AsyncSession, people: Sequence[int]) -> set[tuple[int, date]]:
    """Whose open goals end when; people who share a goal among them."""
    is_open = Goal.state.in_(OPEN_STATES)
    own = select(Goal.owner_id, Goal.ends_on).where(is_open, Goal.owner_id.in_(people))
    shared = (
        select(GoalCoOwner.person_id, Goal.ends_on)
        .join(Goal, Goal.id == GoalCoOwner.goal_id)
        .where(is_open, GoalCoOwner.person_id.in_(people))
    )
    rows = await session.execute(union_all(own, shared))
    return {(person_id, ends_on) for person_id, ends_on in rows}


async def _about(
    session: AsyncSession, said: Sequence[Notification]
) -> tuple[dict[int, Goal], dict[int, Person]]:
    rows = await session.scalars(select(Goal).where(Goal.id.in_({one.subject["goal"] for one in said})))
    goals = {goal.id: goal for goal in rows}
    wanted = [one.person_id for one in said]
    for goal in goals.values():
        wanted += (goal.owner_id, goal.state_by_id)
    return goals, await notifications.readers(session, wanted)


def _hidden(goal: Goal, people: dict[int, Person], notification: Notification) -> Ended | None:
    """A former manager does not hear what became of a goal that they may not read any more."""
    reader, owner = people[notification.person_id], people[goal.owner_id]
    own = reader.id == owner.id
    if policy.may_read_goal(reader, owner, goal, shares_it=own, is_hr=False):
        return None
    return notifications.NOT_YOURS_ANY_MORE


def _became(goal: Goal, people: dict[int, Person]) -> Ended | None:
    says = BECAME.get(goal.state)
    return Ended(says, by=people.get(goal.state_by_id), at=goal.state_since) if says else None


def _closed(goal: Goal, people: dict[int, Person]) -> Ended | None:
    return None if goal.is_open else _became(goal, people)


def _recovered(goal: Goal) -> Ended | None:
    return None if goal.confidence in WORRYING else Ended("The goal is on track again")


def _anew(goal: Goal, notification: Notification) -> Ended | None:
    """The key of the question names the time of the state it asks about."""
    if notification.key.endswith(f"{goal.state_since:{STATE_TIME}}"):
        return None
    return Ended("It was proposed anew", at=goal.state_since)


def _left(goal: Goal, people: dict[int, Person], notification: Notification) -> Ended | None:
    return notifications.left(people.get(goal.owner_id)) if goal.owner_id != notification.person_id else None

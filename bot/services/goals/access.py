"""Every deed begins by finding its goal and asking the policy, and ends as a line in the goal's history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock, policy
from bot.errors import Conflict, Invalid, NotFound
from bot.models import Goal, GoalCoOwner, GoalEvent, HrGrant, Person
from bot.models.goals import Deed, GoalState, Visibility, scoring
from bot.services.goals.key_results import progress_of

UNAVAILABLE = (
    "That goal is not available to you. Limited goals are open to their owners, the owner's manager and HR; "
    "one of them can tell you more."
)
ONLY_OWNERS = "Only the owners of this goal can do that. You can ask them to."
KEEPING_VERSION = (
    Deed.AGREED,
    Deed.SUGGESTED_CHANGE,
    Deed.LEFT_AS_IT_IS,
    Deed.ALIGNED,
    Deed.CONFIRMED,
)  # deeds that change nothing another one could overwrite
ENDINGS = {
    GoalState.CLOSED: "closed",
    GoalState.DROPPED: "dropped",
    GoalState.CARRIED_OVER: "carried over",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A goal, and what the policy asks about the person who looks at it.

    `shares_it` is true for its owner and its co-owners. `near_since` is when this person became co-owner, or else
    when the owner became owner; None means from the beginning.
    """

    goal: Goal
    owner: Person
    shares_it: bool
    is_hr: bool
    near_since: datetime | None


async def access(session: AsyncSession, viewer: Person, goal_id: int, *, lock: bool = False) -> Found:
    """A goal that the viewer may not see looks as if it did not exist. `lock` keeps its row locked until the
    transaction ends.
    """
    is_hr = exists().where(HrGrant.person_id == viewer.id, HrGrant.revoked_at.is_(None))
    shared = (GoalCoOwner.goal_id == Goal.id) & (GoalCoOwner.person_id == viewer.id)
    statement = (
        select(Goal, Person, GoalCoOwner, is_hr)
        .join(Person, Person.id == Goal.owner_id)
        .outerjoin(GoalCoOwner, shared)
        .where(Goal.id == goal_id)
        .execution_options(populate_existing=lock)
    )
    if lock:
        statement = statement.with_for_update(of=Goal)
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound(UNAVAILABLE)
    goal, owner, _, has_hr = row
    share: GoalCoOwner | None = row[2]  # of an outer join
    is_shared = share is not None or owner.id == viewer.id
    since = share.since if share is not None else goal.owned_since
    found = Found(goal, owner, shares_it=is_shared, is_hr=has_hr, near_since=since)
    if not policy.may_read_goal(viewer, owner, goal, shares_it=found.shares_it, is_hr=found.is_hr):
        raise NotFound(UNAVAILABLE)
    return found


def visible_to(viewer: Person, *, is_hr: bool) -> ColumnElement[bool]:
    """The rule of `policy.may_read_goal` as SQL, for queries that join `Goal` with its owner (`Person`)."""
    shared = select(GoalCoOwner.goal_id).where(GoalCoOwner.person_id == viewer.id)
    return or_(
        Goal.visibility == Visibility.OPEN,
        Goal.owner_id == viewer.id,
        Person.manager_id == viewer.id,
        Goal.id.in_(shared),
        *([Goal.owner_id.is_distinct_from(viewer.manager_id)] if is_hr else []),
    )


def shared_by(person: Person) -> ColumnElement[bool]:
    """Goals this person owns or co-owns. A union lets the database use the index of both tables; an OR would not."""
    own = aliased(Goal)
    owned = select(own.id).where(own.owner_id == person.id)
    shared = select(GoalCoOwner.goal_id).where(GoalCoOwner.person_id == person.id)
    return Goal.id.in_(union(owned, shared))


async def to_change(
    session: AsyncSession, actor: Person, goal_id: int, *, seen: int | None = None, now: datetime
) -> Found:
    """The actor must be allowed to, the goal open and still at version `seen`. Its row stays locked."""
    found = await access(session, actor, goal_id, lock=True)
    allowed = policy.may_change_goal(actor, found.goal, shares_it=found.shares_it, is_hr=found.is_hr)
    policy.require(allowed, ONLY_OWNERS)
    await require_as_seen(session, actor, found.goal, seen, now)
    return found


async def to_edit(session: AsyncSession, actor: Person, goal_id: int, *, seen: int, now: datetime) -> Found:
    """Words and targets have a rule of their own: `policy.may_edit_goal`."""
    found = await access(session, actor, goal_id, lock=True)
    allowed = policy.may_edit_goal(actor, found.goal, shares_it=found.shares_it, is_hr=found.is_hr)
    policy.require(allowed, ONLY_OWNERS)
    await require_as_seen(session, actor, found.goal, seen, now)
    return found


async def require_as_seen(
    session: AsyncSession, actor: Person, goal: Goal, seen: int | None, now: datetime
) -> None:
    require_open(goal, actor)
    if seen is not None and seen != goal.version:
        raise await conflict(session, actor, goal, now)


def require_open(goal: Goal, actor: Person) -> None:
    if not goal.is_open:
        ended = clock.local(goal.state_since, actor.timezone)
        raise Invalid(
            f"This goal was {ENDINGS[GoalState(goal.state)]} on {ended:%-d %B}. Its history stays; "
            "set a new goal to go on with it."
        )


async def conflict(session: AsyncSession, actor: Person, goal: Goal, now: datetime) -> Conflict:
    """The error names who changed the goal first, and how it stands now."""
    last = (
        select(Person.name, GoalEvent.at)
        .join(Person, Person.id == GoalEvent.person_id)
        .where(GoalEvent.goal_id == goal.id, GoalEvent.deed.not_in(KEEPING_VERSION))
        .order_by(GoalEvent.id.desc())
        .limit(1)
    )
    name, at = (await session.execute(last)).one()
    progress = progress_of(goal, clock.local(now, actor.timezone).date())
    confidence = f", {goal.confidence.replace('_', ' ')}" if goal.confidence else ""
    return Conflict(
        f"{name} changed this goal at {clock.local(at, actor.timezone):%H:%M on %-d %B}, while you had it open: "
        f"it is at {scoring.percent(progress)} %{confidence} now. Look at it and send yours if it still holds."
    )


def record(
    session: AsyncSession,
    actor: Person,
    goal: Goal,
    deed: Deed,
    *,
    note: str = "",
    change: Mapping[str, object] | None = None,
    now: datetime,
) -> None:
    session.add(
        GoalEvent(
            goal_id=goal.id,
            person_id=actor.id,
            deed=deed,
            at=now,
            progress=progress_of(goal, clock.local(now, actor.timezone).date()),
            confidence=goal.confidence,
            note=note or None,
            change=dict(change or {}),
        )
    )


def enter(goal: Goal, state: GoalState, actor: Person, now: datetime) -> None:
    """A state says who brought the goal there, and when."""
    goal.state, goal.state_by_id, goal.state_since = state, actor.id, now

"""Alignment: a goal names the goal it serves. A link that may be absent and may change, never a push downwards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.errors import Invalid, NotFound
from bot.models import Goal, GoalClosing, Person
from bot.models.goals import OPEN_STATES, RANK, Deed, GoalSummary, Level, Orphan
from bot.services import people
from bot.services.goals.access import access, shared_by, to_change, visible_to
from bot.services.goals.lines import IS_OPEN, ON_OFFER, WIDER_FIRST, lines, titled
from bot.services.goals.recording import record

DEEPEST = 100  # levels shown above a goal
GONE = "That goal cannot be a parent: it is closed, or not open to you. Choose another one, or none."
CIRCLE = "That goal hangs below this one, so the link would close a circle. Choose one that does not."
UPWARDS = "A goal serves one of its own level or above, not one below. Choose another one, or none."


async def parents_on_offer(
    session: AsyncSession, me: Person, *, words: str = "", goal_id: int | None = None
) -> tuple[GoalSummary, ...]:
    """Open goals whose title has these words; wider ones first. `goal_id`: for this goal, so nothing below it."""
    is_hr = await people.is_hr(session, me)
    which: list[ColumnElement[bool]] = [IS_OPEN, visible_to(me, is_hr=is_hr), *titled(words)]
    if goal_id is not None:
        which.append(Goal.id.not_in(branch(goal_id)))
    return await lines(session, *which, order=WIDER_FIRST, limit=ON_OFFER)


async def align(
    session: AsyncSession,
    me: Person,
    goal_id: int,
    *,
    parent_id: int | None,
    is_local: bool = False,
    now: datetime,
) -> None:
    """Links to a parent, or to none; `is_local` says that none is meant."""
    await people.lock_directory(session)  # one at a time: two harmless links can make a circle together
    goal = (await to_change(session, me, goal_id)).goal
    parent = await parent_for(session, me, parent_id, level=goal.level, goal=goal)
    before = goal.parent_id
    goal.parent_id = parent.id if parent else None
    goal.is_local = is_local and parent is None
    record(session, me, goal, Deed.ALIGNED, change={"parent": [before, goal.parent_id]}, now=now)
    await session.flush()


async def parent_for(
    session: AsyncSession,
    actor: Person,
    parent_id: int | None,
    *,
    level: Level,
    goal: Goal | None = None,
) -> Goal | None:
    """The goal to hang under, once it is one the actor sees, open, not below, and not of a lower level."""
    if parent_id is None:
        return None
    try:
        parent = (await access(session, actor, parent_id)).goal
    except NotFound:
        raise Invalid(GONE, field="parent") from None
    if not parent.is_open:
        raise Invalid(
            "That goal was closed meanwhile. Choose another goal to link to, or none.", field="parent"
        )
    if RANK[parent.level] > RANK[level]:
        raise Invalid(UPWARDS, field="parent")
    if goal is not None and await _hangs_below(session, parent, goal):
        raise Invalid(CIRCLE, field="parent")
    return parent


async def _hangs_below(session: AsyncSession, lower: Goal, upper: Goal) -> bool:
    """The same goal counts too. From above, since a branch ends by itself however deep it is."""
    below = select(Goal.id).where(Goal.id == lower.id, Goal.id.in_(branch(upper.id)))
    return await session.scalar(below) is not None


async def way_up(session: AsyncSession, goal_id: int) -> Sequence[int]:
    """This goal, its parent, and so on to the top, as far as anybody reads."""
    way = select(Goal.id, Goal.parent_id, literal(1).label("level")).where(Goal.id == goal_id)
    up = way.cte("up", recursive=True)
    upper = aliased(Goal)
    up = up.union_all(
        select(upper.id, upper.parent_id, up.c.level + 1).where(
            upper.id == up.c.parent_id, up.c.level < DEEPEST
        )
    )
    return (await session.scalars(select(Goal.id).join(up, up.c.id == Goal.id).order_by(up.c.level))).all()


def branch(goal_id: int) -> Select[int]:
    """The ids of this goal and of all below it."""
    down = select(Goal.id).where(Goal.id == goal_id).cte("down", recursive=True)
    lower = aliased(Goal)
    down = down.union(select(lower.id).where(lower.parent_id == down.c.id))  # without doubles: it must end
    return select(Goal.id).join(down, down.c.id == Goal.id)


async def orphans(session: AsyncSession, me: Person, *, limit: int) -> tuple[Orphan, ...]:
    """My open goals whose parent is closed, with a parent instead: its successor, or the next open one above."""
    parent, successor, above = aliased(Goal), aliased(Goal), aliased(Goal)
    carried_to = GoalClosing.carried_to_id
    rows = await session.execute(
        select(Goal.id, parent.id, successor.id, above.id)
        .join(parent, parent.id == Goal.parent_id)
        .outerjoin(GoalClosing, GoalClosing.goal_id == parent.id)
        .outerjoin(successor, (successor.id == carried_to) & successor.state.in_(OPEN_STATES))
        .outerjoin(above, (above.id == parent.parent_id) & above.state.in_(OPEN_STATES))
        .where(shared_by(me), IS_OPEN, parent.state.not_in(OPEN_STATES))
        .order_by(Goal.id)
        .limit(limit)
    )
    found = [(goal_id, parent_id, heir or upper) for goal_id, parent_id, heir, upper in rows]
    if not found:
        return ()
    wanted = {goal_id for families in found for goal_id in families if goal_id}
    is_hr = await people.is_hr(session, me)
    seen = await lines(session, Goal.id.in_(wanted), visible_to(me, is_hr=is_hr), limit=len(wanted))
    by_id = {line.goal_id: line for line in seen}
    return tuple(
        Orphan(by_id[goal_id], by_id.get(parent_id), by_id.get(suggested))
        for goal_id, parent_id, suggested in found
    )

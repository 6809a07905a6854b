"""A goal may name the goal it serves: linking it, finding parents, and the tree that these links make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock
from bot.errors import Invalid, NotFound
from bot.models import Goal, Person
from bot.models.goals import (
    RANK,
    Deed,
    GoalState,
    GoalSummary,
    Level,
    Period,
    Tree,
    TreeEntry,
)
from bot.services import people
from bot.services.goals import calendar
from bot.services.goals.access import access, record, to_change, visible_to
from bot.services.goals.summaries import IS_OPEN, ON_OFFER, WIDER_FIRST, marked, on_page, summaries, titled

DEEPEST = 100  # levels shown above a goal
NO_PARENT = "That goal cannot be a parent: it is closed, or not open to you. Choose another one, or none."
CIRCLE = "That goal hangs below this one, so the link would close a circle. Choose one that does not."
UPWARDS = "A goal serves one of its own level or above, not one below. Choose another one, or none."

PAGE = 25
TOP = 3  # on Home
MOST_NODES = 20_000  # goals of a period; beyond that the newest stay out
LEFT_OUT = (GoalState.DROPPED, GoalState.CARRIED_OVER)  # what hung under them stands at the top


async def parents_on_offer(
    session: AsyncSession, me: Person, *, words: str = "", goal_id: int | None = None, now: datetime
) -> tuple[GoalSummary, ...]:
    """Open goals whose title has these words, wider levels first. Goals below `goal_id` are left out, since they
    cannot be its parent.
    """
    is_hr = await people.is_hr(session, me)
    which: list[ColumnElement[bool]] = [IS_OPEN, visible_to(me, is_hr=is_hr), *titled(words)]
    if goal_id is not None:
        which.append(Goal.id.not_in(branch(goal_id)))
    today = clock.local(now, me.timezone).date()
    return await summaries(session, *which, order=WIDER_FIRST, limit=ON_OFFER, today=today)


async def align(
    session: AsyncSession,
    me: Person,
    goal_id: int,
    *,
    parent_id: int | None,
    is_local: bool = False,
    now: datetime,
) -> None:
    """A goal has one parent or none. `is_local` records that having none is a decision."""
    await people.lock_directory(session)  # one at a time: two harmless links can make a circle together
    goal = (await to_change(session, me, goal_id, now=now)).goal
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
    """The parent must be visible to the actor, open, not below the goal, and not of a lower level."""
    if parent_id is None:
        return None
    try:
        parent = (await access(session, actor, parent_id)).goal
    except NotFound:
        raise Invalid(NO_PARENT, field="parent") from None
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
    """A goal counts as below itself. The search starts at `upper`: a branch ends by itself, however deep it is."""
    below = select(Goal.id).where(Goal.id == lower.id, Goal.id.in_(branch(upper.id)))
    return await session.scalar(below) is not None


async def way_up(session: AsyncSession, goal_id: int) -> Sequence[int]:
    """The ids of this goal, its parent, and so on up to the top, `DEEPEST` at most."""
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
    """The ids of this goal and of all goals below it."""
    down = select(Goal.id).where(Goal.id == goal_id).cte("down", recursive=True)
    lower = aliased(Goal)
    down = down.union(select(lower.id).where(lower.parent_id == down.c.id))  # without doubles: it must end
    return select(Goal.id).join(down, down.c.id == Goal.id)


@dataclass(slots=True)
class Node:
    goal_id: int
    parent_id: int | None
    rank: int
    depth: int = 0
    below: int = 0


async def tree(
    session: AsyncSession,
    viewer: Person,
    *,
    period: str | None = None,
    under: int | None = None,
    page: int = 1,
    now: datetime,
) -> Tree:
    """The tree holds the goals of this period, and of longer ones around it. `under` limits it to one goal's
    branch.
    """
    today = clock.local(now, viewer.timezone).date()
    span = await calendar.named(session, period, today=today)
    seen = visible_to(viewer, is_hr=await people.is_hr(session, viewer))
    if under is not None:
        await access(session, viewer, under)
    walked = walk(await _nodes(session, span, seen), under)
    page, last = on_page(page, len(walked), PAGE)
    shown = walked[(page - 1) * PAGE : page * PAGE]
    these = Goal.id.in_([node.goal_id for node in shown])
    found = await summaries(session, these, limit=PAGE, today=today)
    by_id = {summary.goal_id: summary for summary in await marked(session, found, now)}
    return Tree(
        entries=tuple(TreeEntry(by_id[node.goal_id], node.depth, node.below) for node in shown),
        page=page,
        pages=last,
        total=len(walked),
        period=span.name,
        under=await _path_to(session, seen, under, today),
    )


async def top(session: AsyncSession, viewer: Person, *, now: datetime) -> tuple[GoalSummary, ...]:
    """Home names the company's goals of today: a few rows of however large a tree."""
    today = clock.local(now, viewer.timezone).date()
    of_company = (Goal.level == Level.COMPANY, Goal.parent_id.is_(None))
    of_today = (IS_OPEN, Goal.starts_on <= today, Goal.ends_on >= today)
    seen = visible_to(viewer, is_hr=False)
    return await summaries(session, *of_company, *of_today, seen, limit=TOP, today=today)


async def _nodes(session: AsyncSession, span: Period, seen: ColumnElement[bool]) -> list[Node]:
    rows = await session.execute(
        select(Goal.id, Goal.parent_id, Goal.level)
        .join(Person, Person.id == Goal.owner_id)
        .where(
            Goal.starts_on <= span.ends_on,
            Goal.ends_on >= span.starts_on,
            Goal.state.not_in(LEFT_OUT),
            seen,
        )
        .order_by(Goal.id)
        .limit(MOST_NODES)
    )
    return [Node(goal_id, parent_id, RANK[level]) for goal_id, parent_id, level in rows]


def walk(nodes: Sequence[Node], under: int | None = None) -> list[Node]:
    """Each goal comes before those below it; among equals wider levels come first. A goal whose parent is not among
    the nodes stands at the top.
    """
    present = {node.goal_id for node in nodes}
    children: dict[int | None, list[Node]] = {}
    for node in sorted(nodes, key=lambda one: (one.rank, one.goal_id), reverse=True):
        parent_id = node.parent_id if node.parent_id in present else None
        children.setdefault(parent_id, []).append(node)
    waiting = list(children.get(None, ())) if under is None else [n for n in nodes if n.goal_id == under]
    walked: dict[int | None, Node] = {}
    while waiting:
        node = waiting.pop()
        walked[node.goal_id] = node
        for child in children.get(node.goal_id, ()):
            if child.goal_id not in walked:  # a circle in the data must not become an endless walk
                child.depth = node.depth + 1
                waiting.append(child)
    _count_below(walked)
    return list(walked.values())


def _count_below(walked: dict[int | None, Node]) -> None:
    for node in reversed(walked.values()):
        parent = walked.get(node.parent_id)
        if parent is not None:
            parent.below += node.below + 1


async def _path_to(
    session: AsyncSession, seen: ColumnElement[bool], under: int | None, today: date
) -> tuple[GoalSummary, ...]:
    """The goals from the top down to the one whose branch is shown. Those the viewer may not see are left out."""
    if under is None:
        return ()
    way = list(reversed(await way_up(session, under)))
    found = await summaries(session, Goal.id.in_(way), seen, limit=len(way), today=today)
    return tuple(sorted(found, key=lambda summary: way.index(summary.goal_id)))

"""The company's goals as a tree, as far as one may see it: two looks at the table, whatever its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Goal, Person
from bot.models.goals import RANK, GoalState, GoalSummary, Level, Period, Tree, TreeEntry
from bot.services import people
from bot.services.goals import calendar
from bot.services.goals.access import access, visible_to
from bot.services.goals.aligning import way_up
from bot.services.goals.lines import IS_OPEN, lines, on_page
from bot.services.goals.quiet import marked

PAGE = 25
TOP, UNDER_TOP = 3, 6  # on Home
READ = 20_000  # goals of a period; beyond that the newest stay out
GONE = (GoalState.DROPPED, GoalState.CARRIED_OVER)  # what hung under them stands at the top


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
    """Everything that lies in that period, or in a longer one around it. `under` shows one goal's branch."""
    today = clock.local(now, viewer.timezone).date()
    span = await calendar.named(session, period, today=today)
    seen = visible_to(viewer, is_hr=await people.is_hr(session, viewer))
    if under is not None:
        await access(session, viewer, under)
    walked = walk(await _nodes(session, span, seen), under)
    page, last = on_page(page, len(walked), PAGE)
    shown = walked[(page - 1) * PAGE : page * PAGE]
    found = await lines(session, Goal.id.in_([node.goal_id for node in shown]), limit=PAGE)
    by_id = {line.goal_id: line for line in await marked(session, found, now)}
    return Tree(
        lines=tuple(TreeEntry(by_id[node.goal_id], node.depth, node.below) for node in shown),
        page=page,
        pages=last,
        total=len(walked),
        period=span.name,
        under=await _way_down(session, seen, under),
    )


async def top(session: AsyncSession, viewer: Person, *, now: datetime) -> tuple[TreeEntry, ...]:
    """For Home: the company's own goals of today, and what serves them directly. A few rows of however large a tree."""
    today = clock.local(now, viewer.timezone).date()
    seen = visible_to(viewer, is_hr=False)
    of_today = (IS_OPEN, Goal.starts_on <= today, Goal.ends_on >= today, seen)
    own = await lines(session, Goal.level == Level.COMPANY, Goal.parent_id.is_(None), *of_today, limit=TOP)
    serving = await lines(
        session, Goal.parent_id.in_([line.goal_id for line in own]), *of_today, limit=UNDER_TOP
    )
    return tuple(
        TreeEntry(line, depth, below=0)
        for first in own
        for depth, line in [(0, first), *((1, one) for one in serving if one.parent_id == first.goal_id)]
    )


async def _nodes(session: AsyncSession, span: Period, seen: ColumnElement[bool]) -> list[Node]:
    rows = await session.execute(
        select(Goal.id, Goal.parent_id, Goal.level)
        .join(Person, Person.id == Goal.owner_id)
        .where(
            Goal.starts_on <= span.ends_on,
            Goal.ends_on >= span.starts_on,
            Goal.state.not_in(GONE),
            seen,
        )
        .order_by(Goal.id)
        .limit(READ)
    )
    return [Node(goal_id, parent_id, RANK[level]) for goal_id, parent_id, level in rows]


def walk(nodes: Sequence[Node], under: int | None = None) -> list[Node]:
    """Top down, each goal before those that hang under it; wider ones first among equals. What hangs under a goal
    that is not there stands at the top.
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


async def _way_down(
    session: AsyncSession, seen: ColumnElement[bool], under: int | None
) -> tuple[GoalSummary, ...]:
    """From the top to the goal whose branch is shown, as far as it may be seen."""
    if under is None:
        return ()
    way = list(reversed(await way_up(session, under)))
    found = await lines(session, Goal.id.in_(way), seen, limit=len(way))
    return tuple(sorted(found, key=lambda line: way.index(line.goal_id)))

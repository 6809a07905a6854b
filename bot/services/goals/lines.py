"""Goals as lines of lists: one statement for a page, however many there are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Goal, Person
from bot.models.goals import OPEN_STATES, GoalSummary, Level

ON_OFFER = 25
IS_OPEN = Goal.state.in_(OPEN_STATES)
WIDER_FIRST = (*((Goal.level == level).desc() for level in Level), Goal.title, Goal.id)
COLUMNS: Sequence[SQLColumnExpression[Any]] = (  # in the order of GoalSummary
    Goal.id,
    Goal.version,
    Goal.title,
    Goal.level,
    Goal.kind,
    Goal.visibility,
    Goal.state,
    Goal.owner_id,
    Person.name,
    Goal.period,
    Goal.starts_on,
    Goal.ends_on,
    Goal.progress,
    Goal.confidence,
    Goal.touched_at,
    Goal.parent_id,
)


async def lines(
    session: AsyncSession,
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (Goal.id,),
    limit: int,
    offset: int = 0,
) -> tuple[GoalSummary, ...]:
    """Conditions may speak of `Goal` and of its owner as `Person`."""
    rows = await session.execute(
        select(*COLUMNS)
        .join(Person, Person.id == Goal.owner_id)
        .where(*which)
        .order_by(*order)
        .limit(limit)
        .offset(offset)
    )
    return tuple(GoalSummary(*row) for row in rows)


async def count(session: AsyncSession, *which: ColumnElement[bool]) -> int:
    counted = select(func.count(Goal.id)).join(Person, Person.id == Goal.owner_id).where(*which)
    return await session.scalar(counted) or 0


def titled(words: str) -> tuple[ColumnElement[bool], ...]:
    """Whose title has these words; without words, all of them."""
    sought = words.strip()[:75]
    return (Goal.title.icontains(sought, autoescape=True),) if sought else ()


def on_page(page: int, total: int, size: int) -> tuple[int, int]:
    """Which page to show, and the last one. There is at least one, and none after the last: a list gets shorter while
    somebody turns its pages.
    """
    last = max(1, -(-total // size))
    return min(page, last), last


def reported_to(manager: Person) -> ColumnElement[bool]:
    """Goals owned by this person's direct reports."""
    return Person.manager_id == manager.id

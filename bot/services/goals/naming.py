"""Goals that can be named anywhere, since everybody in the company may read them."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Goal, Person
from bot.models.goals import GoalSummary, Visibility
from bot.services.goals.access import shared_by
from bot.services.goals.lines import IS_OPEN, ON_OFFER, WIDER_FIRST, lines, titled

FOR_EVERYBODY = Goal.visibility == Visibility.OPEN


async def to_name(session: AsyncSession, me: Person, *, words: str = "") -> tuple[GoalSummary, ...]:
    """Open goals whose title has these words: one's own first, then wider ones."""
    order = [shared_by(me).desc(), *WIDER_FIRST]
    return await lines(session, IS_OPEN, FOR_EVERYBODY, *titled(words), order=order, limit=ON_OFFER)


async def titles(session: AsyncSession, goal_ids: Collection[int]) -> Mapping[int, str]:
    """Of those that everybody may read today; also of goals that ended."""
    if not goal_ids:
        return {}
    rows = await session.execute(select(Goal.id, Goal.title).where(Goal.id.in_(goal_ids), FOR_EVERYBODY))
    return dict(rows.all())

"""HR's counts of goals. Nobody is named."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.models import Goal, GoalCoOwner, Person
from bot.models.goals import Coverage, GoalState, Level
from bot.services import people
from bot.services.goals import calendar
from bot.services.goals.summaries import IS_OPEN, QUIET_AFTER, count, quiet_ids, summaries

LOOKED_AT = 20_000  # old goals, to leave out those whose owner was away
ONLY_HR = "Only HR admins see these counts. Ask one of them."


async def coverage(
    session: AsyncSession, actor: Person, *, period: str | None = None, now: datetime
) -> Coverage:
    """The number of statements stays the same, whatever the company's size."""
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    today = clock.local(now, actor.timezone).date()
    span = await calendar.named(session, period, today=today)
    within = (
        Goal.state != GoalState.DROPPED,
        Goal.starts_on <= span.ends_on,
        Goal.ends_on >= span.starts_on,
    )
    below_company = (*within, Goal.level != Level.COMPANY)
    untouched = (IS_OPEN, Goal.touched_at <= now - QUIET_AFTER)
    old = await summaries(session, *within, *untouched, limit=LOOKED_AT, today=today)
    return Coverage(
        period=span.name,
        people=await _people(session),
        without_goals=await _people(session, ~_has_goal(*within)),
        goals=await count(session, *within),
        not_updated=len(await quiet_ids(session, old, now)),
        alignable=await count(session, *below_company),
        aligned=await count(session, *below_company, or_(Goal.parent_id.is_not(None), Goal.is_local)),
    )


async def _people(session: AsyncSession, *which: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count(Person.id)).where(*people.ACTIVE, *which)) or 0


def _has_goal(*within: ColumnElement[bool]) -> ColumnElement[bool]:
    """Co-owners have a goal too."""
    owns = exists().where(Goal.owner_id == Person.id, *within)
    shares = exists().where(GoalCoOwner.person_id == Person.id, GoalCoOwner.goal_id == Goal.id, *within)
    return or_(owns, shares)

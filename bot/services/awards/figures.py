"""Figures for HR: how awards spread over departments. They count only what every colleague can see, and no
person.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import AwardAnnouncement, Nomination, Person
from bot.models.awards import AwardFigures
from bot.services import groups, people
from bot.services.awards.announcing import IS_STANDING
from bot.services.kudos import WANTS_PRIVATE

PERIOD = timedelta(days=365)
ONLY_HR = "Only HR admins see these figures. Ask one of them."


async def figures(session: AsyncSession, actor: Person, *, now: datetime) -> AwardFigures:
    """Nominations are not counted, so that no number tells an HR admin of one about themselves.

    There is one table only: two tables that group the same people differently could be solved against each
    other.
    """
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    departments = await groups.departments(session)
    receivers = await _receivers(session, now)
    return AwardFigures(len(departments), bool(receivers), groups.counted(departments, receivers))


async def _receivers(session: AsyncSession, now: datetime) -> set[int]:
    rows = await session.scalars(
        select(Person.id)
        .distinct()
        .join(Nomination, Nomination.nominee_id == Person.id)
        .join(AwardAnnouncement, AwardAnnouncement.nomination_id == Nomination.id)
        .where(IS_STANDING, AwardAnnouncement.due_at.between(now - PERIOD, now), ~WANTS_PRIVATE)
    )
    return set(rows)

"""For HR: how awards spread. Of what every colleague can see, by department, and never by person."""

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
    """Nominations are left out, so that no number tells an HR admin of one about themselves. One table only: of two
    that cut the same people differently, by place and by department, one could be solved against the other.
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

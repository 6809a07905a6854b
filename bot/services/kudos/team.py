"""For the manager alone: team members whom nobody has thanked in a channel for a long time. A hint, no verdict."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Kudos, KudosAudience, KudosReceiver, Person
from bot.services import people
from bot.services.kudos.preferences import WANTS_PRIVATE
from bot.services.kudos.taking_back import TAKEN_BACK

LONG = timedelta(days=60)
SHOWN = 10


async def unthanked(session: AsyncSession, manager: Person, *, now: datetime) -> Sequence[Person]:
    """Team members who have worked here that long, except for those who want private thanks. The list is empty
    while the company's first kudos are younger than that: everybody would be on it.
    """
    began = await session.scalar(select(func.min(Kudos.given_at)))
    if began is None or began > now - LONG:
        return ()
    thanked = exists().where(
        KudosReceiver.person_id == Person.id,
        KudosReceiver.in_public.is_(True),
        Kudos.id == KudosReceiver.kudos_id,
        Kudos.audience == KudosAudience.COMPANY,
        Kudos.given_at > now - LONG,
        ~TAKEN_BACK,
    )
    here_so_long = or_(Person.start_date.is_(None), Person.start_date <= (now - LONG).date())
    rows = await session.scalars(
        select(Person)
        .where(Person.manager_id == manager.id, *people.ACTIVE, here_so_long, ~thanked, ~WANTS_PRIVATE)
        .order_by(Person.name, Person.id)
        .limit(SHOWN)
    )
    return rows.all()

"""The last time somebody was thanked in public."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Kudos, KudosAudience, KudosReceiver, Person
from bot.services.kudos.taking_back import TAKEN_BACK


async def last_in_public(session: AsyncSession, person: Person) -> tuple[datetime, str] | None:
    """The time and the giver's name. Thanks in private or in a closed channel do not count."""
    found = await session.execute(
        select(Kudos.given_at, Person.name)
        .join(KudosReceiver, KudosReceiver.kudos_id == Kudos.id)
        .join(Person, Person.id == Kudos.giver_id)
        .where(
            KudosReceiver.person_id == person.id,
            KudosReceiver.in_public.is_(True),
            Kudos.audience == KudosAudience.COMPANY,
            ~TAKEN_BACK,
        )
        .order_by(Kudos.given_at.desc())
        .limit(1)
    )
    row = found.first()
    return (row[0], row[1]) if row else None

"""When somebody was last thanked where every colleague can read it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Kudos, KudosAudience, KudosReceiver, Person
from bot.services.kudos.taking_back import TAKEN_BACK


async def last_in_public(session: AsyncSession, person: Person) -> tuple[datetime, str] | None:
    """When, and the giver's name. What was said in private or in a closed channel is nobody else's to know."""
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

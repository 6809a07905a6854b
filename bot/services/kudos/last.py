"""The last time somebody was thanked in public, or gave thanks."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Kudos, KudosAudience, KudosReceiver, Person
from bot.services.kudos.taking_back import TAKEN_BACK

LATELY = timedelta(days=30)


async def gave_lately(session: AsyncSession, me: Person, *, now: datetime) -> bool:
    """True if this person thanked somebody in the last thirty days, in a channel or in private."""
    lately = select(Kudos.id).where(Kudos.giver_id == me.id, Kudos.given_at > now - LATELY, ~TAKEN_BACK)
    return await session.scalar(lately.limit(1)) is not None


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

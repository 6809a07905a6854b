"""How people wish to be thanked: where their colleagues like, or in private, for good."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import Person, ThanksPreference

ONLY_OWN = "Everybody chooses for themselves how they are thanked."


async def prefer_private(
    session: AsyncSession, actor: Person, *, person: Person, in_private: bool, now: datetime
) -> None:
    """From now on; what stands in a channel already stays there."""
    policy.require(policy.may_choose_thanks(actor, person), ONLY_OWN)
    own = select(ThanksPreference).where(ThanksPreference.person_id == person.id)
    preference = await session.scalar(own.with_for_update())
    if preference is None:
        preference = ThanksPreference(person_id=person.id)
        session.add(preference)
    preference.in_private, preference.chosen_at = in_private, now
    await session.flush()


async def in_private(session: AsyncSession, among: Sequence[Person]) -> set[int]:
    """The ids of those who want it so."""
    rows = await session.scalars(
        select(ThanksPreference.person_id).where(
            ThanksPreference.person_id.in_([person.id for person in among]),
            ThanksPreference.in_private.is_(True),
        )
    )
    return set(rows)


async def prefers_private(session: AsyncSession, person: Person) -> bool:
    return bool(await in_private(session, [person]))

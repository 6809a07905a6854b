"""A person's choice of how to be thanked: where colleagues like, or always in private."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.db import insert_rows
from bot.models import Kudos, KudosAudience, KudosReceiver, Person, ThanksPreference
from bot.services import notifications
from bot.services.kudos.kinds import received_key

WANTS_PRIVATE = exists().where(ThanksPreference.person_id == Person.id, ThanksPreference.in_private.is_(True))
NEWEST_TOLD = 5
ONLY_OWN = "Everybody chooses for themselves how they are thanked."


async def prefer_private(
    session: AsyncSession, actor: Person, *, person: Person, in_private: bool, now: datetime
) -> None:
    """The choice counts from now on; posts in channels stay. The newest messages to this person no longer offer
    it.
    """
    policy.require(policy.may_choose_thanks(actor, person), ONLY_OWN)
    chosen = {"in_private": in_private, "chosen_at": now}
    if not await insert_rows(session, ThanksPreference, [{"person_id": person.id, **chosen}]):
        await session.execute(
            update(ThanksPreference).where(ThanksPreference.person_id == person.id).values(**chosen)
        )
    told = await session.scalars(
        select(KudosReceiver.kudos_id)
        .where(KudosReceiver.person_id == person.id)
        .order_by(KudosReceiver.id.desc())
        .limit(NEWEST_TOLD)
    )
    await notifications.touch(session, *(received_key(kudos_id, person.id) for kudos_id in told), now=now)


async def respect_wishes(session: AsyncSession, kudos_id: int) -> None:
    """Just before a post goes out, receivers who now want private thanks are left out of it. If nobody is left
    to name, the thanks stay private.
    """
    kudos = await session.get_one(Kudos, kudos_id)
    named = (
        await session.scalars(
            select(KudosReceiver).where(KudosReceiver.kudos_id == kudos_id, KudosReceiver.in_public.is_(True))
        )
    ).all()
    private = await in_private(session, (one.person_id for one in named))
    for receiver in named:
        receiver.in_public = receiver.person_id not in private
    if not any(receiver.in_public for receiver in named):
        kudos.audience, kudos.channel = KudosAudience.RECEIVERS, None
    await session.flush()


async def in_private(session: AsyncSession, person_ids: Iterable[int]) -> set[int]:
    """The people among these who want to be thanked in private."""
    rows = await session.scalars(
        select(ThanksPreference.person_id).where(
            ThanksPreference.person_id.in_(list(person_ids)),
            ThanksPreference.in_private.is_(True),
        )
    )
    return set(rows)


async def prefers_private(session: AsyncSession, person: Person) -> bool:
    return bool(await in_private(session, [person.id]))

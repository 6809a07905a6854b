"""When a message about kudos is over, and what became of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models import Kudos, KudosEntry, KudosEvent, KudosReceiver, Notification
from bot.services import notifications
from bot.services.notifications import Ended

COMPOSED = Ended("")  # the words that replace the message say it all


async def taken_back(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    gone = await _gone(session, (one.subject["kudos"] for one in said))
    return {one.id: COMPOSED for one in said if one.subject["kudos"] in gone}


async def removed(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """The giver thanked one of the same people again."""
    people = await notifications.readers(session, (one.person_id for one in said))
    again = await _given_again(session, {one.subject["kudos"] for one in said})
    return {
        one.id: Ended("{who} gave kudos anew", by=people.get(one.person_id), at=at)
        for one in said
        if (at := again.get(one.subject["kudos"]))
    }


async def _gone(session: AsyncSession, kudos_ids: Iterable[int]) -> set[int]:
    rows = await session.scalars(
        select(KudosEntry.kudos_id).where(
            KudosEntry.kudos_id.in_(set(kudos_ids)), KudosEntry.event != KudosEvent.GIVEN
        )
    )
    return set(rows)


async def _given_again(session: AsyncSession, kudos_ids: Iterable[int]) -> dict[int, datetime]:
    old, new, whom, whom_now = aliased(Kudos), aliased(Kudos), aliased(KudosReceiver), aliased(KudosReceiver)
    rows = await session.execute(
        select(old.id, func.min(new.given_at))
        .join(KudosEntry, (KudosEntry.kudos_id == old.id) & (KudosEntry.event != KudosEvent.GIVEN))
        .join(whom, whom.kudos_id == old.id)
        .join(new, (new.giver_id == old.giver_id) & (new.given_at > KudosEntry.at))
        .join(whom_now, (whom_now.kudos_id == new.id) & (whom_now.person_id == whom.person_id))
        .where(old.id.in_(set(kudos_ids)))
        .group_by(old.id)
    )
    return {row[0]: row[1] for row in rows}

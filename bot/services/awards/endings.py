"""When a message about awards is over, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import AwardDecision, Nomination, Notification
from bot.services import notifications
from bot.services.notifications import Ended


async def waiting(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """No nomination is left that this HR admin may decide on. Who decided on which is not said."""
    people = await notifications.readers(session, (one.person_id for one in said))
    decided = select(AwardDecision.nomination_id)
    left = (await session.scalars(select(Nomination).where(Nomination.id.not_in(decided)))).all()
    return {
        one.id: Ended("Nothing waits for a decision any more")
        for one in said
        if not any(policy.may_decide_nomination(people[one.person_id], each, is_hr=True) for each in left)
    }


async def decided(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    people = await notifications.readers(session, (one.person_id for one in said))
    opened = {one.id: notifications.opened_by(people.get(one.person_id), one) for one in said}
    return {id: ended for id, ended in opened.items() if ended}

"""When a message about awards is over, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import AwardDecision, Nomination, Notification, Person
from bot.services import notifications
from bot.services.notifications import Ended


async def waiting(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """No nomination is left that this HR admin may decide on. Who decided on which is not said."""
    people = await notifications.readers(session, (one.person_id for one in said))
    decided = select(AwardDecision.nomination_id)
    rows = await session.execute(
        select(Nomination.nominator_id, Nomination.nominee_id).where(Nomination.id.not_in(decided)).distinct()
    )
    left = [(nominator, nominee) for nominator, nominee in rows]
    return {
        one.id: Ended("Nothing waits for a decision any more")
        for one in said
        if not any(_may_decide(people[one.person_id], *pair) for pair in left)
    }


async def decided(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    people = await notifications.readers(session, (one.person_id for one in said))
    opened = {one.id: notifications.opened_by(people.get(one.person_id), one) for one in said}
    return {id: ended for id, ended in opened.items() if ended}


def _may_decide(hr: Person, nominator_id: int, nominee_id: int) -> bool:
    """`policy.may_decide_nomination`, for many at once."""
    return nominator_id != hr.id and nominee_id not in (hr.id, hr.manager_id)

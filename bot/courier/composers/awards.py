"""About awards and work anniversaries."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Composer, Skip
from bot.models import Notification, Person
from bot.services import anniversaries, awards, people
from bot.services.awards import kinds
from bot.services.nudges.kinds import ANNIVERSARY, AWARDS_WAITING
from bot.slack import Message
from bot.views import anniversaries as anniversary_views
from bot.views import awards as views


async def awards_waiting(
    session: AsyncSession, notification: Notification, hr: Person, now: datetime
) -> Message | Skip:
    waiting = await awards.waiting_for(session, hr) if await people.is_hr(session, hr) else 0
    more = afterwards(notification)
    return views.waiting_message(waiting, more=more) if waiting else Skip("decided")


async def award_decided(
    session: AsyncSession, notification: Notification, nominator: Person, now: datetime
) -> Message:
    return views.decided_message(
        await awards.nomination(session, nominator, notification.subject["nomination"], now=now)
    )


async def award_received(
    session: AsyncSession, notification: Notification, receiver: Person, now: datetime
) -> Message:
    return views.received_message(
        await awards.received(session, receiver, notification.subject["announcement"])
    )


async def award_posted(
    session: AsyncSession, notification: Notification, owner: Person, now: datetime
) -> Message:
    return views.post_message(await awards.posted(session, notification.subject["announcement"]))


async def anniversary_coming(
    session: AsyncSession, notification: Notification, manager: Person, now: datetime
) -> Message:
    day = date.fromisoformat(notification.subject["day"])
    coming = await anniversaries.coming(session, manager, notification.subject["person"], day)
    return anniversary_views.coming_message(coming, more=afterwards(notification))


COMPOSERS: dict[str, Composer] = {
    AWARDS_WAITING: awards_waiting,
    kinds.DECIDED: award_decided,
    kinds.RECEIVED: award_received,
    kinds.POSTED: award_posted,
    ANNIVERSARY: anniversary_coming,
}

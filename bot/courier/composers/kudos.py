"""About kudos: the post in the channel, what giver and receivers hear, the month looked back on."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Composer, Skip
from bot.models import Notification, Person
from bot.services import kudos
from bot.services.kudos import kinds
from bot.services.nudges.kinds import KUDOS_RECEIVED, KUDOS_REMOVED
from bot.slack import Message
from bot.views import kudos as views


async def kudos_posted(
    session: AsyncSession, notification: Notification, owner: Person, now: datetime
) -> Message | Skip:
    """Into the channel. Taken back before it went out, or wanted in private by then, it stays unsaid."""
    if notification.slack_ts is None:
        await kudos.respect_wishes(session, notification.subject["kudos"])
    given = await kudos.posted(session, notification.subject["kudos"])
    return (
        Skip("taken_back")
        if given.taken_back and notification.slack_ts is None
        else views.post_message(given)
    )


async def kudos_received(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message | Skip:
    given = await kudos.received(session, recipient, notification.subject["kudos"])
    if given.taken_back and notification.slack_ts is None:
        return Skip("taken_back")
    shy = await kudos.prefers_private(session, recipient)
    more = afterwards(notification)
    return views.received_message(given, prefers_private=shy, more=more)


async def kudos_removed(
    session: AsyncSession, notification: Notification, giver: Person, now: datetime
) -> Message:
    given = await kudos.read(session, giver, notification.subject["kudos"])
    reason = await kudos.removal_reason(session, given.kudos_id)
    return views.removed_message(given, reason, more=afterwards(notification))


async def kudos_digest(
    session: AsyncSession, notification: Notification, owner: Person, now: datetime
) -> Message | Skip:
    """Once it stands there it follows what is taken back, even if nothing is left of it."""
    month = await kudos.month_of_kudos(session, notification.subject["month"])
    stands = notification.slack_ts is not None
    return views.digest_message(month) if month.drawn or stands else Skip("nothing_to_say")


COMPOSERS: dict[str, Composer] = {
    kinds.POSTED: kudos_posted,
    KUDOS_RECEIVED: kudos_received,
    KUDOS_REMOVED: kudos_removed,
    kinds.DIGEST: kudos_digest,
}

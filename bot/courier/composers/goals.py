"""About goals: set, answered, in trouble, closed, and a period that is over."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Composer, Skip
from bot.models import Notification, Person
from bot.services import goals, people
from bot.services.nudges import kinds
from bot.slack import Message
from bot.views import goals as views


async def goal_proposed(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    reading = await goals.read(session, recipient, notification.subject["goal"], now=now)
    more = afterwards(notification)
    is_own = reading.summary.owner_id == recipient.id
    return views.proposed_message(reading, is_own=is_own, more=more)


async def goal_answered(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    reading = await goals.read(session, recipient, notification.subject["goal"], now=now)
    by = await people.by_id(session, notification.subject["by"])
    return views.answered_message(reading, by.name)


async def goal_off_track(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message | Skip:
    reading = await goals.trouble(session, recipient, notification.subject["goal"], now=now)
    if reading is None:
        return Skip("back_on_track")
    return views.off_track_message(reading, more=afterwards(notification))


async def goal_closed(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message:
    reading = await goals.read(session, recipient, notification.subject["goal"], now=now)
    more = afterwards(notification)
    return views.closed_message(reading, more=more)


async def goals_ended(
    session: AsyncSession, notification: Notification, recipient: Person, now: datetime
) -> Message | Skip:
    left = await goals.left_to_close(session, recipient, now=now)
    if not left:
        return Skip("all_closed")
    return views.ended_message(notification.subject["period"], left, more=afterwards(notification))


COMPOSERS: dict[str, Composer] = {
    kinds.GOAL_PROPOSED: goal_proposed,
    kinds.GOAL_ANSWERED: goal_answered,
    kinds.GOAL_OFF_TRACK: goal_off_track,
    kinds.GOAL_CLOSED: goal_closed,
    kinds.GOALS_ENDED: goals_ended,
}

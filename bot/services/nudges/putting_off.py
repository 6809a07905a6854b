"""What a person asked for later, or not at all this week. Nobody else learns of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import NotFound
from bot.models import Notification, Person
from bot.services import notifications
from bot.services.notifications.changes import GONE
from bot.services.nudges.kinds import NUDGE, REMINDER, key


@dataclass(frozen=True, slots=True)
class PutOff:
    """`until`: empty for "not this week". `week`: whose check-in it asks for. `alone`: its message said only this."""

    notification: Notification
    until: datetime | None
    week: date | None
    alone: bool


async def later(
    session: AsyncSession, person: Person, notification_id: int, *, until: datetime | None, now: datetime
) -> PutOff:
    """Until then; without a time, or when the week will be closed by then, not this week."""
    notification = await notifications.of(session, person, notification_id)
    alone = len(await notifications.in_message_of(session, notification)) == 1
    week = asks_for(notification)
    if week and (until is None or until >= clock.closes_at(week, person.timezone)):
        keys = (key(kind, person.id, week) for kind in (NUDGE, REMINDER))
        await notifications.not_this_week(session, *keys, now=now)
        return PutOff(notification, None, week, alone)
    if until is None:
        raise NotFound(GONE)
    await notifications.put_off(session, person, notification, until=until, now=now)
    return PutOff(notification, until, week, alone)


def asks_for(notification: Notification) -> date | None:
    """The week whose check-in it asks for, if that is what it does."""
    return (
        date.fromisoformat(notification.subject["week"]) if notification.kind in (NUDGE, REMINDER) else None
    )

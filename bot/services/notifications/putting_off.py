"""A person puts a message off until later, or declines it for this week. Nobody else learns of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Notification, Person
from bot.services.notifications.changes import GONE, in_message_of, not_this_week
from bot.services.notifications.kinds import Kind
from bot.services.notifications.leaving import put_off


@dataclass(frozen=True, slots=True)
class PutOff:
    """The result of putting off a message.

    `until` is None for "not this week". `week` is the week the message asks about, if any, and `open_until` is
    the end of the time to write. `alone`: the message said nothing else.
    """

    notification: Notification
    until: datetime | None
    week: date | None
    open_until: datetime | None
    alone: bool


async def later(
    session: AsyncSession,
    person: Person,
    notification: Notification,
    kind: Kind | None,
    *,
    until: datetime | None,
    now: datetime,
) -> PutOff:
    """The notification comes at `until`. Without a time, or if the week will be closed by then, it does not
    come this week.
    """
    alone = len(await in_message_of(session, notification)) == 1
    asked = kind.asked_week(notification) if kind else None
    open_until = kind.is_useful_until(notification, person) if kind else None
    week = asked.week if asked else None
    if asked and (until is None or (open_until is not None and until >= open_until)):
        await not_this_week(session, *asked.keys, now=now)
        return PutOff(notification, None, week, open_until, alone)
    if until is None:
        raise NotFound(GONE)
    await put_off(session, person, notification, until=until, now=now)
    return PutOff(notification, until, week, open_until, alone)

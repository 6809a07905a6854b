"""A notice leaves the message it was said in: put off, while what else that message says stays."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import NotFound
from bot.models import Notice, Person
from bot.services.notices.changes import GONE, in_message_of, snooze


async def of(session: AsyncSession, person: Person, notice_id: int) -> Notice:
    """One of this person's own."""
    notice = await session.get(Notice, notice_id)
    if notice is None or notice.person_id != person.id:
        raise NotFound(GONE)
    return notice


async def put_off(
    session: AsyncSession, person: Person, notice_id: int, *, until: datetime, now: datetime
) -> Notice:
    """Snoozed. If it shared its message, that goes on without it; else its message will say until when.

    Tells by `slack_ts`: a notice that left a message behind stands nowhere any more.
    """
    notice = await of(session, person, notice_id)
    carrier = notice if notice.merged_into_id is None else await of(session, person, notice.merged_into_id)
    said = await in_message_of(session, carrier)
    notice = await snooze(session, notice_id, person, until=until, now=now)
    notice.local_date = clock.local(until, person.timezone).date()
    if others := [one for one in said if one.id != notice.id]:
        _go_on(carrier, others, now)
        notice.slack_channel = notice.slack_ts = None
    else:
        notice.update_due_at = now
    await session.flush()
    return notice


def _go_on(carrier: Notice, others: Sequence[Notice], now: datetime) -> None:
    """Whoever is left carries the message; the first of them, if it was the carrier that left."""
    heir = others[0]
    heir.slack_channel, heir.slack_ts = carrier.slack_channel, carrier.slack_ts
    heir.sent_at, heir.merged_into_id, heir.update_due_at = carrier.sent_at, None, now
    for one in others[1:]:
        one.merged_into_id = heir.id

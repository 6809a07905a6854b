"""A notice is put off and leaves the message it was said in; what else that message says stays."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import NotFound
from bot.models import Notice, NoticeState, Person
from bot.services.notices.changes import GONE, JOINED, SNOOZED, in_message_of, outlive, snooze


async def of(session: AsyncSession, person: Person, notice_id: int) -> Notice:
    """One of this person's own."""
    notice = await session.get(Notice, notice_id)
    if notice is None or notice.person_id != person.id:
        raise NotFound(GONE)
    return notice


async def leave(session: AsyncSession, said: Sequence[Notice], *, due_at: datetime) -> None:
    """Slack refuses to change the message that some of these were to join: they are planned again, for themselves."""
    await session.execute(
        update(Notice)
        .where(Notice.id.in_([notice.id for notice in said]), Notice.reason == JOINED)
        .values(
            state=NoticeState.PLANNED,
            reason=None,
            due_at=due_at,
            attempts=Notice.attempts + 1,
            merged_into_id=None,
            sent_at=None,
            tried_since=None,
            slack_channel=None,
            slack_ts=None,
        )
        .execution_options(synchronize_session=False)
    )


async def put_off(
    session: AsyncSession, person: Person, notice: Notice, *, until: datetime, now: datetime
) -> None:
    """A second press only moves it. If it shared its message, that one goes on without it and is updated."""
    if notice.state == NoticeState.PLANNED and notice.reason == SNOOZED:
        notice.due_at = until
        outlive(notice, until)
    else:
        said = await in_message_of(session, notice)
        await snooze(session, notice.id, person, until=until, now=now)
        if others := [one for one in said if one.id != notice.id]:
            _go_on(said[0], others, now)
            notice.slack_channel = notice.slack_ts = None
    notice.local_date = clock.local(until, person.timezone).date()
    if notice.slack_ts is not None:
        notice.update_due_at = now
    await session.flush()


def _go_on(carrier: Notice, others: Sequence[Notice], now: datetime) -> None:
    """Whoever is left carries the message; the first of them, if it was the carrier that left."""
    heir = others[0]
    heir.slack_channel, heir.slack_ts = carrier.slack_channel, carrier.slack_ts
    heir.sent_at, heir.merged_into_id, heir.update_due_at = carrier.sent_at, None, now
    for one in others[1:]:
        one.merged_into_id = heir.id

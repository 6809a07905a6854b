"""What happens to a notice after it was said: snoozed, merged, or no longer true and updated in place."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Prepared
from bot.errors import NotFound
from bot.models import Notice, NoticeState, Person
from bot.services.notices.ledger import IS_PLANNED, THE_TIME
from bot.services.notices.marks import NOT_THIS_WEEK

SNOOZED = "snoozed"
JOINED = "joined"
WANTED_SO_FAR = (NoticeState.PLANNED, NoticeState.SENDING, NoticeState.UNKNOWN, NoticeState.SENT)
MAY_STAND_THERE = or_(
    Notice.slack_ts.is_not(None), Notice.state.in_((NoticeState.SENDING, NoticeState.UNKNOWN))
)
UNTRUE = Prepared(
    Notice,
    select(Notice)
    .where(Notice.update_due_at.is_not(None), Notice.update_due_at <= THE_TIME, Notice.slack_ts.is_not(None))
    .order_by(Notice.update_due_at, Notice.id)
    .limit(1)
    .with_for_update(skip_locked=True),
)
GONE = "This message is not waiting for you any more. Open my Home tab to see what is."


async def snooze(
    session: AsyncSession, notice_id: int, person: Person, *, until: datetime, now: datetime
) -> Notice:
    """The same row is due again, under a new nonce: the old message must not be taken for the new one."""
    notice = await session.get(Notice, notice_id)
    if notice is None or notice.person_id != person.id or notice.state != NoticeState.SENT:
        raise NotFound(GONE)
    notice.state, notice.reason = NoticeState.PLANNED, SNOOZED
    notice.nonce, notice.due_at = secrets.token_hex(16), until
    notice.merged_into_id = notice.lease_until = notice.tried_since = notice.update_due_at = None
    notice.attempts += 1  # a mark of the attempt before must not undo this
    outlive(notice, until)
    await session.flush()
    return notice


def outlive(notice: Notice, until: datetime) -> None:
    """Whoever asks to hear it later than it would be of use, hears it then."""
    if notice.expires_at is not None and notice.expires_at <= until:
        notice.expires_at = None


async def not_this_week(session: AsyncSession, *keys: str, now: datetime) -> None:
    """Nothing more about this week: what is planned is skipped, what was said is updated to say so, also once it
    turns out to have been said.
    """
    await session.execute(
        update(Notice)
        .where(Notice.key.in_(keys), Notice.state.in_(WANTED_SO_FAR))
        .values(
            state=case((Notice.state == NoticeState.PLANNED, NoticeState.SKIPPED), else_=Notice.state),
            reason=NOT_THIS_WEEK,
            update_due_at=case((MAY_STAND_THERE, now), else_=Notice.update_due_at),
        )
        .execution_options(synchronize_session=False)
    )


async def touch(session: AsyncSession, *keys: str, now: datetime) -> None:
    """What was said about these, or is being said this moment, is no longer true: to be updated in place."""
    await session.execute(
        update(Notice)
        .where(Notice.key.in_(keys), MAY_STAND_THERE)
        .values(update_due_at=now)
        .execution_options(synchronize_session=False)
    )


async def join(session: AsyncSession, carrier: Notice, notice: Notice, *, now: datetime) -> None:
    """To be said inside a message that stands there already, once Slack has taken the change."""
    await merge(session, carrier, notice)
    notice.reason, carrier.update_due_at = JOINED, now
    await session.flush()


async def companions(
    session: AsyncSession, notice: Notice, *, kinds: Collection[str], now: datetime, limit: int
) -> Sequence[Notice]:
    """What else is due for the same person, to be said in the same message."""
    due = await session.scalars(
        select(Notice)
        .where(
            Notice.person_id == notice.person_id,
            Notice.id != notice.id,
            IS_PLANNED,
            Notice.due_at <= now,
            Notice.kind.in_(kinds),
        )
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return due.all()


async def merge(session: AsyncSession, carrier: Notice, *merged: Notice) -> None:
    """These are said inside the carrier's message from now on, and share its fate."""
    for notice in merged:
        notice.merged_into_id, notice.state = carrier.id, carrier.state
        notice.reason, notice.lease_until = None, None
        notice.attempts = max(notice.attempts, 1)  # the planner moves only what nobody has tried to say
        notice.sent_at, notice.slack_channel, notice.slack_ts = (
            carrier.sent_at,
            carrier.slack_channel,
            carrier.slack_ts,
        )
    await session.flush()


async def in_message_of(session: AsyncSession, notice: Notice) -> Sequence[Notice]:
    """Everything that is said in the same message: its carrier first, then in the order it was due."""
    carrier_id = notice.merged_into_id or notice.id
    rows = await session.scalars(
        select(Notice)
        .where(or_(Notice.id == carrier_id, Notice.merged_into_id == carrier_id))
        .order_by(Notice.merged_into_id.is_not(None), Notice.due_at, Notice.id)
    )
    return rows.all()


async def untrue(session: AsyncSession, *, now: datetime) -> Notice | None:
    """The next message in a conversation that no longer says what is true."""
    found: Notice | None = await UNTRUE.scalar(session, the_time=now)
    return found


async def updated(
    session: AsyncSession, said: Sequence[Notice], *, seen: datetime, again_at: datetime | None = None
) -> None:
    """The message says what is true again, unless something changed after `seen`; or it is to be tried again."""
    among_said = Notice.id.in_([notice.id for notice in said])
    await session.execute(
        update(Notice)
        .where(among_said, Notice.update_due_at <= seen)
        .values(update_due_at=again_at)
        .execution_options(synchronize_session=False)
    )
    if again_at is None:
        await session.execute(
            update(Notice)
            .where(among_said, Notice.reason == JOINED)
            .values(reason=None)
            .execution_options(synchronize_session=False)
        )

"""What happens to a notice after it was said: snoozed, merged, or no longer true and updated in place."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Notice, NoticeState, Person

SNOOZED = "snoozed"
NOT_THIS_WEEK = "not_this_week"
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
    notice.expires_at = (
        max(notice.expires_at, until) if notice.expires_at and notice.expires_at > now else None
    )
    await session.flush()
    return notice


async def not_this_week(session: AsyncSession, *keys: str, now: datetime) -> None:
    """Nothing more about this week: what is planned is skipped, what was said is updated to say so."""
    await session.execute(
        update(Notice)
        .where(Notice.key.in_(keys), Notice.state == NoticeState.PLANNED)
        .values(state=NoticeState.SKIPPED, reason=NOT_THIS_WEEK)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Notice)
        .where(Notice.key.in_(keys), Notice.state == NoticeState.SENT)
        .values(reason=NOT_THIS_WEEK)
        .execution_options(synchronize_session=False)
    )
    await touch(session, *keys, now=now)


async def touch(session: AsyncSession, *keys: str, now: datetime) -> None:
    """The messages that say these are no longer true: to be updated in place, the carrier for what is merged."""
    carriers = select(func.coalesce(Notice.merged_into_id, Notice.id)).where(
        Notice.key.in_(keys), Notice.state == NoticeState.SENT
    )
    await session.execute(
        update(Notice)
        .where(Notice.id.in_(carriers), Notice.state == NoticeState.SENT)
        .values(update_due_at=now)
        .execution_options(synchronize_session=False)
    )


async def merge(
    session: AsyncSession, carrier: Notice, notices: Sequence[Notice], *, states: Collection[NoticeState]
) -> None:
    """These are said inside the carrier's message, if they still are in one of `states`; they take its state."""
    ids = [notice.id for notice in notices if notice.id != carrier.id]
    await session.execute(
        update(Notice)
        .where(Notice.id.in_(ids), Notice.state.in_(states))
        .values(
            merged_into_id=carrier.id,
            state=carrier.state,
            lease_until=None,
            sent_at=carrier.sent_at,
            reason=None,
        )
        .execution_options(synchronize_session=False)
    )


async def merged_into(session: AsyncSession, carrier: Notice) -> Sequence[Notice]:
    """The carrier first, then what is merged into it, in the order it was due."""
    rows = await session.scalars(
        select(Notice)
        .where(or_(Notice.id == carrier.id, Notice.merged_into_id == carrier.id))
        .order_by(Notice.merged_into_id.isnot(None), Notice.due_at, Notice.id)
        .execution_options(populate_existing=True)
    )
    return rows.all()


async def updated(session: AsyncSession, notice: Notice, *, seen: datetime) -> None:
    """The message says what is true again, unless something changed after `seen`."""
    await session.execute(
        update(Notice)
        .where(Notice.id == notice.id, Notice.update_due_at <= seen)
        .values(update_due_at=None)
        .execution_options(synchronize_session=False)
    )

"""Planning, claiming and marking. A mark names the attempt it speaks of: one that comes late, after somebody else
has taken over, changes nothing.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, Update, bindparam, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.models import Notice, NoticeState, Person

# Written out in the SQL: neither database uses a partial index for a value it cannot see when it plans.
IS_PLANNED = Notice.state == literal(NoticeState.PLANNED.value, String, literal_execute=True)
IS_OPEN = Notice.state.in_(
    bindparam(
        "open_states",
        [NoticeState.SENDING.value, NoticeState.UNKNOWN.value],
        String,
        expanding=True,
        literal_execute=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A notice to be. `key` says what it is about, once and for all; `subject` holds ids and no text."""

    person_id: int
    kind: str
    key: str
    subject: Mapping[str, Any]
    due_at: datetime
    expires_at: datetime | None = None


async def plan(
    session: AsyncSession,
    *,
    person_id: int,
    kind: str,
    key: str,
    subject: Mapping[str, Any],
    due_at: datetime,
    expires_at: datetime | None = None,
) -> bool:
    """False if there ever was one with that key, whatever became of it."""
    one = Plan(person_id=person_id, kind=kind, key=key, subject=subject, due_at=due_at, expires_at=expires_at)
    return await plan_many(session, [one]) == 1


async def plan_many(session: AsyncSession, plans: Iterable[Plan]) -> int:
    """How many were new."""
    rows = [
        {
            "person_id": one.person_id,
            "kind": one.kind,
            "key": one.key,
            "subject": dict(one.subject),
            "nonce": secrets.token_hex(16),
            "due_at": one.due_at,
            "expires_at": one.expires_at,
            "state": NoticeState.PLANNED,
            "attempts": 0,
        }
        for one in plans
    ]
    return len(await insert_rows(session, Notice, rows))


async def cancel(session: AsyncSession, *keys: str, reason: str) -> int:
    """How many will now never be sent. What is on its way or has arrived stays as it is."""
    cancelled = await session.scalars(
        update(Notice)
        .where(Notice.key.in_(keys), IS_PLANNED)
        .values(state=NoticeState.SKIPPED, reason=reason)
        .returning(Notice.id)
    )
    return len(cancelled.all())


async def next_due(session: AsyncSession) -> datetime | None:
    """When there is something to do next: a notice to send, an open one to settle, a message to update."""
    planned = await session.scalar(select(func.min(Notice.due_at)).where(IS_PLANNED))
    open_until = await session.scalar(select(func.min(Notice.lease_until)).where(IS_OPEN))
    untrue = await session.scalar(
        select(func.min(Notice.update_due_at)).where(
            Notice.update_due_at.is_not(None), Notice.slack_ts.is_not(None)
        )
    )
    return min(filter(None, (planned, open_until, untrue)), default=None)


async def recipients_due(
    session: AsyncSession, *, kinds: Collection[str], now: datetime, limit: int
) -> dict[int, str]:
    """Person id → Slack id of those for whom something of these kinds is due."""
    rows = await session.execute(
        select(Person.id, Person.slack_user_id)
        .join(Notice, Notice.person_id == Person.id)
        .where(IS_PLANNED, Notice.due_at <= now, Notice.kind.in_(kinds), Person.slack_user_id.is_not(None))
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
    )
    return {person_id: slack_user_id for person_id, slack_user_id in rows if slack_user_id}


async def claim(session: AsyncSession, *, now: datetime, lease: timedelta, limit: int) -> Sequence[Notice]:
    """Takes due notices for sending, the longest due first. Nobody else gets them before the lease ends.

    Commit before sending: a crash must find them marked.
    """
    await _expire(session, now)
    due = (
        select(Notice.id)
        .where(IS_PLANNED, Notice.due_at <= now)
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    claimed = await _take(
        session,
        update(Notice)
        .where(Notice.id.in_(select(due.c.id)))
        .values(
            state=NoticeState.SENDING,
            attempts=Notice.attempts + 1,
            tried_since=func.coalesce(Notice.tried_since, now),
            lease_until=now + lease,
        ),
    )
    return sorted(claimed, key=lambda notice: (notice.due_at, notice.id))


async def unknown_to_settle(
    session: AsyncSession, *, now: datetime, lease: timedelta, limit: int
) -> Sequence[Notice]:
    """Takes notices of which nobody knows whether they arrived, and that have waited long enough to find out.

    Among them those whose sender never came back within its lease.
    """
    waiting = (
        select(Notice.id)
        .where(IS_OPEN, Notice.lease_until <= now)
        .order_by(Notice.lease_until, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("waiting")
    )
    return await _take(
        session,
        update(Notice)
        .where(Notice.id.in_(select(waiting.c.id)))
        .values(state=NoticeState.UNKNOWN, lease_until=now + lease),
    )


async def mark_sent(session: AsyncSession, notice: Notice, *, channel: str, ts: str, now: datetime) -> bool:
    """Whatever the row became meanwhile, this attempt has arrived. If it was given up and planned again, that
    spares the person a second message.
    """
    return await _mark(
        session, notice, *NoticeState, state=NoticeState.SENT, slack_channel=channel, slack_ts=ts, sent_at=now
    )


async def mark_failed(session: AsyncSession, notice: Notice, code: str) -> bool:
    return await _mark(session, notice, state=NoticeState.FAILED, reason=code)


async def mark_skipped(session: AsyncSession, notice: Notice, reason: str) -> bool:
    return await _mark(session, notice, state=NoticeState.SKIPPED, reason=reason)


async def mark_unknown(session: AsyncSession, notice: Notice, *, reason: str, settle_at: datetime) -> bool:
    return await _mark(session, notice, state=NoticeState.UNKNOWN, reason=reason, lease_until=settle_at)


async def put_back(session: AsyncSession, notice: Notice, *, due_at: datetime, reason: str) -> bool:
    """Certainly not sent yet; to be tried again from `due_at` on."""
    return await _mark(session, notice, state=NoticeState.PLANNED, reason=reason, due_at=due_at)


async def _expire(session: AsyncSession, now: datetime) -> None:
    await session.execute(
        update(Notice)
        .where(IS_PLANNED, Notice.expires_at <= now)
        .values(state=NoticeState.EXPIRED)
        .execution_options(synchronize_session=False)
    )


async def _take(session: AsyncSession, statement: Update) -> Sequence[Notice]:
    taken = await session.scalars(
        statement.returning(Notice),
        execution_options={"synchronize_session": False, "populate_existing": True},
    )
    return taken.all()


async def _mark(session: AsyncSession, notice: Notice, *states: NoticeState, **values: Any) -> bool:
    """False if the notice went on without this attempt."""
    values.setdefault("lease_until", None)
    values.setdefault("reason", None)
    marked = await session.scalars(
        update(Notice)
        .where(
            Notice.id == notice.id,
            Notice.attempts == notice.attempts,
            Notice.state.in_(states or (NoticeState.SENDING, NoticeState.UNKNOWN)),
        )
        .values(**values)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    if marked.one_or_none() is None:
        return False
    await _share_fate(session, notice, **values)
    return True


async def _share_fate(session: AsyncSession, carrier: Notice, **values: Any) -> None:
    """What is merged into it goes where it goes; what was not said after all is planned on its own again."""
    fate = ("state", "reason", "sent_at", "slack_channel", "slack_ts")
    shared = {name: values[name] for name in fate if name in values}
    if shared["state"] == NoticeState.PLANNED:
        shared |= {"merged_into_id": None, "due_at": values["due_at"]}
    await session.execute(
        update(Notice)
        .where(
            Notice.merged_into_id == carrier.id,
            Notice.state.in_((NoticeState.SENDING, NoticeState.UNKNOWN)),
        )
        .values(**shared)
        .execution_options(synchronize_session=False)
    )

"""What came of a notification. A mark names the attempt it speaks of: one that comes late, after somebody else has
taken over, changes nothing.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Prepared, table_of
from bot.models import Notification, NotificationState

NOT_THIS_WEEK = "not_this_week"
ON_ITS_WAY = (NotificationState.SENDING, NotificationState.UNKNOWN)
SHARED = ("state", "reason", "sent_at", "slack_channel", "slack_ts")  # by what is said in one message
MARKED = bindparam("marked_id", type_=Integer)

column = table_of(Notification).c


async def mark_sent(
    session: AsyncSession, notification: Notification, *, channel: str, ts: str, now: datetime
) -> bool:
    """Whatever the row became meanwhile, this attempt has arrived. If it was given up and planned again, that
    spares the person a second message.
    """
    return await _mark(
        session,
        notification,
        *NotificationState,
        state=NotificationState.SENT,
        slack_channel=channel,
        slack_ts=ts,
        sent_at=now,
    )


async def mark_failed(session: AsyncSession, notification: Notification, code: str) -> bool:
    return await _mark(session, notification, state=NotificationState.FAILED, reason=code)


async def wait(session: AsyncSession, notification: Notification, *, due_at: datetime, reason: str) -> bool:
    """Not tried after all, since its hour has not come; when it has, that is the first try."""
    return await _mark(
        session, notification, state=NotificationState.PLANNED, reason=reason, due_at=due_at, tried_since=None
    )


async def mark_skipped(session: AsyncSession, notification: Notification, reason: str) -> bool:
    return await _mark(session, notification, state=NotificationState.SKIPPED, reason=reason)


async def mark_unknown(
    session: AsyncSession, notification: Notification, *, reason: str, settle_at: datetime
) -> bool:
    return await _mark(
        session, notification, state=NotificationState.UNKNOWN, reason=reason, lease_until=settle_at
    )


async def put_back(
    session: AsyncSession, notification: Notification, *, due_at: datetime, reason: str
) -> bool:
    """Certainly not sent yet; to be tried again from `due_at` on."""
    return await _mark(session, notification, state=NotificationState.PLANNED, reason=reason, due_at=due_at)


async def _mark(
    session: AsyncSession,
    notification: Notification,
    *states: NotificationState,
    state: NotificationState,
    **values: Any,
) -> bool:
    """False if the notification went on without this attempt. What is merged into it shares its fate."""
    values = {"lease_until": None, "reason": None, **values, "state": state.value}
    new = {f"new_{name}": value for name, value in values.items()}
    marking = _marking(tuple(values), states or ON_ITS_WAY)
    marked = await marking.execute(session, marked_id=notification.id, attempt=notification.attempts, **new)
    if marked.first() is None:
        return False
    shared = [name for name in SHARED if name in values]
    if state == NotificationState.PLANNED:
        shared += ["due_at", "merged_into_id"]  # what was not said after all is planned on its own again
        new["new_merged_into_id"] = None
    fate = {f"new_{name}": new[f"new_{name}"] for name in shared}
    await _sharing(tuple(shared)).execute(session, marked_id=notification.id, **fate)
    return True


@cache
def _marking(columns: tuple[str, ...], states: tuple[NotificationState, ...]) -> Prepared:
    this_attempt = (column.id == MARKED, column.attempts == bindparam("attempt"), column.state.in_(states))
    return Prepared(
        Notification,
        update(table_of(Notification)).where(*this_attempt).values(_new(columns)).returning(column.id),
    )


@cache
def _sharing(columns: tuple[str, ...]) -> Prepared:
    in_its_message = (column.merged_into_id == MARKED, column.state.in_(ON_ITS_WAY))
    return Prepared(Notification, update(table_of(Notification)).where(*in_its_message).values(_new(columns)))


def _new(columns: tuple[str, ...]) -> dict[str, ColumnElement[Any]]:
    """A wish the person pronounced while the notification was on its way outlives whatever came of that."""
    new: dict[str, ColumnElement[Any]] = {
        name: bindparam(f"new_{name}", type_=column[name].type) for name in columns
    }
    new["reason"] = case((column.reason == NOT_THIS_WEEK, NOT_THIS_WEEK), else_=new["reason"])
    return new

"""Marks record the outcome of an attempt to send. A mark names its attempt: if another process has taken over,
a late mark changes nothing.
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
# The columns that all notifications of one message share.
SHARED = ("state", "reason", "sent_at", "slack_channel", "slack_ts")
MARKED = bindparam("marked_id", type_=Integer)

column = table_of(Notification).c


async def mark_sent(
    session: AsyncSession, notification: Notification, *, channel: str, ts: str, now: datetime
) -> bool:
    """This attempt has arrived, whatever the row became meanwhile. If it was given up and planned again, the
    person is spared a second message.
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


async def wait(
    session: AsyncSession, notification: Notification, *, due_at: datetime, reason: str, now: datetime
) -> bool:
    """The notification, taken just `now`, is not tried: its hour has not come. If it was never tried before, the later
    try counts as the first.
    """
    return await _mark(
        session,
        notification,
        state=NotificationState.PLANNED,
        reason=reason,
        due_at=due_at,
        tried_since=None if notification.tried_since == now else notification.tried_since,
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
    """It was certainly not sent; it is tried again from `due_at` on."""
    return await _mark(session, notification, state=NotificationState.PLANNED, reason=reason, due_at=due_at)


async def _mark(
    session: AsyncSession,
    notification: Notification,
    *states: NotificationState,
    state: NotificationState,
    **values: Any,
) -> bool:
    """False if another attempt has taken over. Notifications merged into this one share its fate."""
    values = {"lease_until": None, "reason": None, **values, "state": state.value}
    new = {f"new_{name}": value for name, value in values.items()}
    marking = _marking(tuple(values), states or ON_ITS_WAY)
    marked = await marking.execute(session, marked_id=notification.id, attempt=notification.attempts, **new)
    if marked.first() is None:
        return False
    shared = [name for name in SHARED if name in values]
    if state == NotificationState.PLANNED:
        # a merged notification that was not sent is planned on its own again
        shared += ["due_at", "merged_into_id"]
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
    """If the reader answered "not this week" while the notification was on its way, that reason stays."""
    new: dict[str, ColumnElement[Any]] = {
        name: bindparam(f"new_{name}", type_=column[name].type) for name in columns
    }
    new["reason"] = case((column.reason == NOT_THIS_WEEK, NOT_THIS_WEEK), else_=new["reason"])
    return new

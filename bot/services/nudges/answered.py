"""A check-in was written: planned messages that ask for it are cancelled, and sent ones are updated."""

from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Prepared, UtcDateTime, table_of
from bot.models import Notification, NotificationState
from bot.services.nudges.kinds import NUDGE, REMINDER, key

notification = table_of(Notification).c
is_planned = notification.state == NotificationState.PLANNED
is_being_said = notification.state.in_(
    (NotificationState.SENDING, NotificationState.UNKNOWN)
)  # the message will be out of date once it is sent
stands_there = notification.slack_ts.is_not(None)  # sent, or sent and then snoozed
TAKE_BACK = Prepared(
    Notification,
    update(table_of(Notification))
    .where(
        notification.key.in_((bindparam("nudge"), bindparam("reminder"))),
        or_(is_planned, is_being_said, and_(notification.state == NotificationState.SENT, stands_there)),
    )
    .values(
        state=case((is_planned, NotificationState.SKIPPED.value), else_=notification.state),
        reason=case((is_planned, "answered"), else_=notification.reason),
        update_due_at=case(
            (or_(stands_there, is_being_said), bindparam("answered_at", type_=UtcDateTime)),
            else_=notification.update_due_at,
        ),
    ),
)


async def cancel_answered(session: AsyncSession, person_id: int, week: date, now: datetime) -> None:
    """One statement, in the transaction of the check-in itself."""
    nudge, reminder = (key(kind, person_id, week) for kind in (NUDGE, REMINDER))
    await TAKE_BACK.execute(session, nudge=nudge, reminder=reminder, answered_at=now)

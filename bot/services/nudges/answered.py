"""A check-in was written: what would still ask for it is taken back, what has asked is brought up to date."""

from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import Prepared, UtcDateTime, table_of
from bot.models import Notification, NotificationState, Person
from bot.services.notifications.budget import next_day
from bot.services.notifications.marks import NOT_THIS_WEEK
from bot.services.nudges.kinds import NUDGE, REMINDER, key
from bot.services.nudges.rollout import started_at

ON_ITS_WAY = (NotificationState.PLANNED, NotificationState.SENDING, NotificationState.UNKNOWN)

notification = table_of(Notification).c
is_planned = notification.state == NotificationState.PLANNED
is_being_said = notification.state.in_(
    (NotificationState.SENDING, NotificationState.UNKNOWN)
)  # and out of date once it is
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


async def needless(session: AsyncSession, person: Person, week: date, now: datetime) -> str | None:
    """Why that week's reminder would only annoy: its nudge comes or came today, or was not wanted this week."""
    nudge = await session.scalar(select(Notification).where(Notification.key == key(NUDGE, person.id, week)))
    if nudge is None:
        return None
    if nudge.reason == NOT_THIS_WEEK:
        return nudge.reason
    if nudge.state in ON_ITS_WAY:
        return "nudged_today"
    today = clock.local(now, person.timezone).date()
    came = nudge.state == NotificationState.SENT and nudge.sent_at
    return "nudged_today" if came and clock.local(came, person.timezone).date() == today else None


async def cancel_answered(session: AsyncSession, person_id: int, week: date, now: datetime) -> None:
    """In the transaction of the check-in itself, in one statement."""
    nudge, reminder = (key(kind, person_id, week) for kind in (NUDGE, REMINDER))
    await TAKE_BACK.execute(session, nudge=nudge, reminder=reminder, answered_at=now)


async def asks_at(session: AsyncSession, person: Person, now: datetime) -> datetime | None:
    """When this week's nudge comes; None if it has come, or need not. What is not planned yet comes tomorrow at the
    earliest.
    """
    week = clock.week_of(clock.local(now, person.timezone).date())
    nudge = await session.scalar(select(Notification).where(Notification.key == key(NUDGE, person.id, week)))
    if nudge is not None:
        return nudge.due_at if nudge.state == NotificationState.PLANNED and nudge.due_at > now else None
    return next_day(now, person) if await started_at(session) else None

"""A check-in was written: what would still ask for it is taken back, what has asked is brought up to date."""

from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import Prepared, UtcDateTime, table_of
from bot.models import Notice, NoticeState, Person
from bot.services.notices.budget import next_day
from bot.services.notices.marks import NOT_THIS_WEEK
from bot.services.nudges.kinds import NUDGE, REMINDER, key
from bot.services.nudges.programme import started_at

ON_ITS_WAY = (NoticeState.PLANNED, NoticeState.SENDING, NoticeState.UNKNOWN)

notice = table_of(Notice).c
is_planned = notice.state == NoticeState.PLANNED
is_being_said = notice.state.in_((NoticeState.SENDING, NoticeState.UNKNOWN))  # and out of date once it is
stands_there = notice.slack_ts.is_not(None)  # sent, or sent and then snoozed
TAKE_BACK = Prepared(
    Notice,
    update(table_of(Notice))
    .where(
        notice.key.in_((bindparam("nudge"), bindparam("reminder"))),
        or_(is_planned, is_being_said, and_(notice.state == NoticeState.SENT, stands_there)),
    )
    .values(
        state=case((is_planned, NoticeState.SKIPPED.value), else_=notice.state),
        reason=case((is_planned, "answered"), else_=notice.reason),
        update_due_at=case(
            (or_(stands_there, is_being_said), bindparam("answered_at", type_=UtcDateTime)),
            else_=notice.update_due_at,
        ),
    ),
)


async def needless(session: AsyncSession, person: Person, week: date, now: datetime) -> str | None:
    """Why that week's reminder would only annoy: its nudge comes or came today, or was not wanted this week."""
    nudge = await session.scalar(select(Notice).where(Notice.key == key(NUDGE, person.id, week)))
    if nudge is None:
        return None
    if nudge.reason == NOT_THIS_WEEK:
        return nudge.reason
    if nudge.state in ON_ITS_WAY:
        return "nudged_today"
    today = clock.local(now, person.timezone).date()
    came = nudge.state == NoticeState.SENT and nudge.sent_at
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
    nudge = await session.scalar(select(Notice).where(Notice.key == key(NUDGE, person.id, week)))
    if nudge is not None:
        return nudge.due_at if nudge.state == NoticeState.PLANNED and nudge.due_at > now else None
    return next_day(now, person) if await started_at(session) else None

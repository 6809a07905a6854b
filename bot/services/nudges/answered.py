"""A check-in was written: what would still ask for it is taken back, what has asked is brought up to date."""

from datetime import date, datetime

from sqlalchemy import and_, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Notice, NoticeState, Person
from bot.services.notices import changes as notices
from bot.services.nudges.kinds import NUDGE, REMINDER, key

IS_PLANNED = Notice.state == NoticeState.PLANNED
ON_ITS_WAY = (NoticeState.PLANNED, NoticeState.SENDING, NoticeState.UNKNOWN)
IS_BEING_SAID = Notice.state.in_((NoticeState.SENDING, NoticeState.UNKNOWN))  # and out of date once it is
STANDS_THERE = Notice.slack_ts.is_not(None)  # sent, or sent and then snoozed


async def needless(session: AsyncSession, person: Person, week: date, now: datetime) -> str | None:
    """Why that week's reminder would only annoy: its nudge comes or came today, or was not wanted this week."""
    nudge = await session.scalar(select(Notice).where(Notice.key == key(NUDGE, person.id, week)))
    if nudge is None:
        return None
    if nudge.reason == notices.NOT_THIS_WEEK:
        return nudge.reason
    if nudge.state in ON_ITS_WAY:
        return "nudged_today"
    today = clock.local(now, person.timezone).date()
    came = nudge.state == NoticeState.SENT and nudge.sent_at
    return "nudged_today" if came and clock.local(came, person.timezone).date() == today else None


async def cancel_answered(session: AsyncSession, person_id: int, week: date, now: datetime) -> None:
    """In the transaction of the check-in itself, in one statement."""
    await session.execute(
        update(Notice)
        .where(
            Notice.key.in_([key(NUDGE, person_id, week), key(REMINDER, person_id, week)]),
            or_(IS_PLANNED, IS_BEING_SAID, and_(Notice.state == NoticeState.SENT, STANDS_THERE)),
        )
        .values(
            state=case((IS_PLANNED, NoticeState.SKIPPED.value), else_=Notice.state),
            reason=case((IS_PLANNED, "answered"), else_=Notice.reason),
            update_due_at=case((or_(STANDS_THERE, IS_BEING_SAID), now), else_=Notice.update_due_at),
        )
        .execution_options(synchronize_session=False)
    )

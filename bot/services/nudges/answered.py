"""A check-in was written: what would still ask for it is taken back."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notice, NoticeState
from bot.services.nudges.kinds import NUDGE, REMINDER, key


async def cancel_answered(session: AsyncSession, person_id: int, week: date, now: datetime) -> None:
    """In the transaction of the check-in itself, in one statement."""
    await session.execute(
        update(Notice)
        .where(
            Notice.key.in_([key(NUDGE, person_id, week), key(REMINDER, person_id, week)]),
            Notice.state == NoticeState.PLANNED,
        )
        .values(state=NoticeState.SKIPPED, reason="answered")
        .execution_options(synchronize_session=False)
    )

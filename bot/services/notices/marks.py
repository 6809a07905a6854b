"""What came of a notice. A mark names the attempt it speaks of: one that comes late, after somebody else has taken
over, changes nothing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notice, NoticeState

NOT_THIS_WEEK = "not_this_week"


async def mark_sent(session: AsyncSession, notice: Notice, *, channel: str, ts: str, now: datetime) -> bool:
    """Whatever the row became meanwhile, this attempt has arrived. If it was given up and planned again, that
    spares the person a second message.
    """
    return await _mark(
        session, notice, *NoticeState, state=NoticeState.SENT, slack_channel=channel, slack_ts=ts, sent_at=now
    )


async def mark_failed(session: AsyncSession, notice: Notice, code: str) -> bool:
    return await _mark(session, notice, state=NoticeState.FAILED, reason=code)


async def wait(session: AsyncSession, notice: Notice, *, due_at: datetime, reason: str) -> bool:
    """Not tried after all, since its hour has not come; when it has, that is the first try."""
    return await _mark(
        session, notice, state=NoticeState.PLANNED, reason=reason, due_at=due_at, tried_since=None
    )


async def mark_skipped(session: AsyncSession, notice: Notice, reason: str) -> bool:
    return await _mark(session, notice, state=NoticeState.SKIPPED, reason=reason)


async def mark_unknown(session: AsyncSession, notice: Notice, *, reason: str, settle_at: datetime) -> bool:
    return await _mark(session, notice, state=NoticeState.UNKNOWN, reason=reason, lease_until=settle_at)


async def put_back(session: AsyncSession, notice: Notice, *, due_at: datetime, reason: str) -> bool:
    """Certainly not sent yet; to be tried again from `due_at` on."""
    return await _mark(session, notice, state=NoticeState.PLANNED, reason=reason, due_at=due_at)


async def _mark(session: AsyncSession, notice: Notice, *states: NoticeState, **values: Any) -> bool:
    """False if the notice went on without this attempt."""
    values = {"lease_until": None, **values, "reason": _unless_unwanted(values.get("reason"))}
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


def _unless_unwanted(reason: str | None) -> Any:
    """A wish the person pronounced while the notice was on its way outlives whatever came of that."""
    return case((Notice.reason == NOT_THIS_WEEK, NOT_THIS_WEEK), else_=reason)


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

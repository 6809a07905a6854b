"""The part before the call: takes one thing to do off the ledger and writes what is to be sent.

Everything is asked again here, since what was true when a notice was planned may be over.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotAllowed, NotFound
from bot.models import Notice, Person
from bot.services import notices, people
from bot.slack import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing to say any more; `reason` is a code for the ledger."""

    reason: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to be sent. `to` is a Slack user id."""

    notice: Notice
    to: str
    message: Message


@dataclass(frozen=True, slots=True)
class Unsent:
    """Nothing will be sent: it is over, or we made a mistake. Written down already."""

    notice: Notice
    outcome: Literal["skipped", "failed"]
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """Did this notice arrive? `to` is whom it was for, if Slack still knows them."""

    notice: Notice
    to: str | None


Composer = Callable[[AsyncSession, Notice, Person, datetime], Awaitable[Message | Skip]]
"""Writes a notice's message for its recipient, with what they may see now."""


async def take(
    session: AsyncSession, composers: Mapping[str, Composer], *, now: datetime, lease: timedelta
) -> Letter | Question | Unsent | None:
    """The next thing to do, taken under a lease; None if there is nothing, or others have it.

    Old questions come before new letters.
    """
    for unknown in await notices.unknown_to_settle(session, now=now, lease=lease, limit=1):
        return Question(unknown, (await people.by_id(session, unknown.person_id)).slack_user_id)
    for notice in await notices.claim(session, now=now, lease=lease, limit=1):
        written = await _written(session, composers, notice, now)
        if isinstance(written, Unsent):
            mark = notices.mark_skipped if written.outcome == "skipped" else notices.mark_failed
            await mark(session, notice, written.reason)
        return written
    return None


async def _written(
    session: AsyncSession, composers: Mapping[str, Composer], notice: Notice, now: datetime
) -> Letter | Unsent:
    recipient = await people.by_id(session, notice.person_id)
    if not recipient.is_active:
        return Unsent(notice, "skipped", "inactive")
    if recipient.slack_user_id is None:
        return Unsent(notice, "skipped", "not_in_slack")
    if notice.kind not in composers:
        return Unsent(notice, "failed", "unknown_kind")
    try:
        message = await _composed(session, composers[notice.kind], notice, recipient, now)
    except Exception:  # whatever it is, the others must not wait for it
        log.exception("notice.not_composed", extra={"notice": notice.id, "kind": notice.kind})
        return Unsent(notice, "failed", "not_composed")
    if isinstance(message, Skip):
        return Unsent(notice, "skipped", message.reason)
    return Letter(notice, recipient.slack_user_id, message)


async def _composed(
    session: AsyncSession, composer: Composer, notice: Notice, recipient: Person, now: datetime
) -> Message | Skip:
    try:
        async with session.begin_nested():
            message = await composer(session, notice, recipient, now)
    except (NotAllowed, NotFound):
        return Skip("not_visible")
    if isinstance(message, Message):
        message.check()
    return message

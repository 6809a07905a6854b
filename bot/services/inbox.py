"""Each request from Slack counts once: its key is written in the transaction of its effect."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.errors import AlreadyDone
from bot.models import InboxEntry

KEPT_FOR = timedelta(days=7)  # Slack repeats a delivery for an hour at most


async def accept(session: AsyncSession, key: str, *, now: datetime) -> None:
    """Claims the key, or raises `AlreadyDone` so that the transaction of the repeat leaves nothing behind."""
    if not await insert_rows(session, InboxEntry, [{"key": key, "received_at": now}]):
        raise AlreadyDone("That was already saved.")


async def tidy(session: AsyncSession, *, now: datetime) -> None:
    """Forgets keys so old that Slack repeats their requests no more."""
    await session.execute(delete(InboxEntry).where(InboxEntry.received_at < now - KEPT_FOR))

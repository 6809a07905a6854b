"""Each request from Slack counts once: its key is written in the transaction of its effect."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.errors import AlreadyDone
from bot.models import InboxEntry


async def accept(session: AsyncSession, key: str, *, now: datetime) -> None:
    """Claims the key, or raises `AlreadyDone` so that the transaction of the repeat leaves nothing behind."""
    if not await insert_rows(session, InboxEntry, [{"key": key, "received_at": now}]):
        raise AlreadyDone("That was already saved.")

"""A full listing of Slack's accounts, from its first page to its last: people who are no longer in it have
left.
"""

from collections.abc import Set
from datetime import datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person, Workspace
from bot.services import people

NIGHT = time(2, 0)  # UTC; no hour is night for people in many zones
PLAUSIBLE = 0.5  # Slack lists leavers too, as deleted; a listing that lost more of us than this is broken


class Closed(NamedTuple):
    departed: int
    doubted: int


async def listing_is_due(session: AsyncSession, *, now: datetime) -> bool:
    """The directory is read once a night, and at the first opportunity if the night was missed."""
    synced_at = await session.scalar(select(Workspace.last_synced_at))
    tonight = datetime.combine(now.date(), NIGHT, tzinfo=now.tzinfo)
    last_night = tonight if tonight <= now else tonight - timedelta(days=1)
    return synced_at is None or synced_at < last_night


async def open_listing(session: AsyncSession) -> frozenset[str]:
    """The accounts known before the first page. People who join during the reading are not taken for missing."""
    accounts = select(Person.slack_user_id).where(Person.deactivated_at.is_(None))
    return frozenset(account for account in await session.scalars(accounts) if account is not None)


async def close_listing(session: AsyncSession, *, before: Set[str], seen: Set[str], now: datetime) -> Closed:
    """Deactivates the people Slack no longer lists, unless so many are missing that the listing must be wrong."""
    await session.execute(update(Workspace).values(last_synced_at=now))
    gone = before - seen
    if len(gone) > len(before) * PLAUSIBLE:
        return Closed(departed=0, doubted=len(gone))
    for accounts in people.chunked(sorted(gone)):
        await session.execute(
            update(Person)
            .where(Person.slack_user_id.in_(accounts), Person.deactivated_at.is_(None))
            .values(deactivated_at=now)
        )
    return Closed(departed=len(gone), doubted=0)

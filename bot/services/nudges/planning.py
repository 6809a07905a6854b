"""Writes what is due soon into the ledger, many people at a time. Doing it again adds nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.packs import Packs

HORIZON = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one round of planning changed."""

    new: int = 0
    moved: int = 0
    skipped: int = 0


async def batches(session: AsyncSession) -> Sequence[range]:
    """Ids of people to plan in one transaction each, so that nobody waits long for the write lock."""
    return [range(2**31 - 1)]


async def plan(
    session: AsyncSession,
    *,
    now: datetime,
    packs: Packs,
    horizon: timedelta = HORIZON,
    batch: range | None = None,
) -> Planned:
    """Everything due until `now + horizon`, for the people of that batch, or for all."""
    return Planned()

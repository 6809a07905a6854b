"""A lease decides which process leads: one row per task, held for a while and renewed, with a fencing number
that only grows.

It works the same on SQLite and PostgreSQL: one conditional UPDATE decides, whatever runs beside it.
"""

from datetime import datetime, timedelta

from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.models import Lease


async def hold(
    session: AsyncSession, name: str, *, holder: str, now: datetime, lasts: timedelta
) -> int | None:
    """Takes or renews the lease; None while somebody else leads. `holds` checks the number returned."""
    renewed = await _take(session, name, holder, now, now + lasts)
    if renewed is None:
        first = {"name": name, "holder": holder, "fencing": 1, "until": now + lasts}
        renewed = 1 if await insert_rows(session, Lease, [first]) else None
    return renewed


async def _take(session: AsyncSession, name: str, holder: str, now: datetime, until: datetime) -> int | None:
    fencing: int | None = await session.scalar(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until <= now))
        .values(
            fencing=case((Lease.holder == holder, Lease.fencing), else_=Lease.fencing + 1),
            holder=holder,
            until=until,
        )
        .returning(Lease.fencing)
        .execution_options(synchronize_session=False)
    )
    return fencing


async def holds(session: AsyncSession, name: str, *, fencing: int) -> bool:
    """The acting transaction calls this: False for a leader whom another replaced meanwhile.

    The row stays locked until that transaction ends, so nobody takes over in between.
    """
    held = select(Lease.fencing).where(Lease.name == name).with_for_update(read=True)
    return await session.scalar(held) == fencing


async def release(session: AsyncSession, name: str, *, holder: str, now: datetime) -> None:
    """Gives the lease up at an orderly stop, so that the next process can lead at once."""
    await session.execute(
        update(Lease)
        .where(Lease.name == name, Lease.holder == holder)
        .values(until=now)
        .execution_options(synchronize_session=False)
    )

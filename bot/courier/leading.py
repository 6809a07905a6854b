"""Only one courier sends at a time: several would share the same rate limit, which one alone uses up easily."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Bot
from bot.services import leases

NAME = "courier"
LASTS = timedelta(seconds=30)
RENEWED_EVERY = timedelta(seconds=10)


class Leadership:
    """`holder` names this process. The lease is held while it is renewed; a process that was suspended learns from
    `holds` that it lost it.
    """

    def __init__(self, bot: Bot, holder: str) -> None:
        self._bot = bot
        self._holder = holder
        self._fencing: int | None = None
        self._renewed_at: datetime | None = None

    async def held(self) -> bool:
        """The lease is taken, or renewed when that is due."""
        now = self._bot.now()
        fresh = self._renewed_at is not None and self._renewed_at <= now < self._renewed_at + RENEWED_EVERY
        if self._fencing is None or not fresh:
            async with self._bot.work() as session:
                self._fencing = await leases.hold(session, NAME, holder=self._holder, now=now, lasts=LASTS)
            self._renewed_at = now
        return self._fencing is not None

    async def holds(self, session: AsyncSession) -> bool:
        """The transaction that takes something off the ledger asks this."""
        if self._fencing is not None and await leases.holds(session, NAME, fencing=self._fencing):
            return True
        self._fencing = None
        return False

    async def release(self) -> None:
        if self._fencing is not None:
            async with self._bot.work() as session:
                await leases.release(session, NAME, holder=self._holder, now=self._bot.now())
            self._fencing = None

"""Time for tests: it stands still until told, or runs along with the real one."""

import asyncio
import time
from datetime import datetime, timedelta

from tests.conftest import NOW

ENOUGH = 3_000


class Clock:
    """The bot reads it through `now`, the local Slack by calling it."""

    def __init__(self, *, runs: bool = False) -> None:
        self._time = NOW
        self._started = time.monotonic() if runs else None
        self.slept: list[float] = []

    def now(self) -> datetime:
        running = time.monotonic() - self._started if self._started else 0.0
        return self._time + timedelta(seconds=running)

    def __call__(self) -> float:
        return self.now().timestamp()

    def advance(self, time: timedelta) -> None:
        self._time += time

    async def sleep(self, seconds: float) -> None:
        """Takes no time but the clock's. Somebody who waits for ever fails instead of hanging."""
        self.slept.append(seconds)
        assert len(self.slept) < ENOUGH, "time runs away"
        self.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)

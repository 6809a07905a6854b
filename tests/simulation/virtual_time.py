"""An event loop whose clock jumps: whenever nothing is left to do, the next timer's hour has come.

Nothing in a simulation may wait for a thread, a socket or the disk: the loop would not know and jump on.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class _Leaping(selectors.DefaultSelector):
    """Passes in no time what others wait for."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise RuntimeError("everybody waits for somebody else")
        self.passed += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)
        self._clock_resolution = 1e-5  # a float of seconds is not finer after a year

    def time(self) -> float:
        return self._leaping.passed


class Clock:
    """That loop's time as an instant: for the bot through `now`, for the local Slack by calling it."""

    def __init__(self, start: datetime) -> None:
        self.start = start

    def now(self) -> datetime:
        return self.start + timedelta(seconds=asyncio.get_running_loop().time())

    def __call__(self) -> float:
        return self.now().timestamp()

    def seconds_to(self, moment: datetime) -> float:
        return max(0.0, (moment - self.now()).total_seconds())


def run(main: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


def instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

"""Who is busy, and how to wait without sleeping: every call, delivery and change passes through here."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

A_HANG = 20.0  # real seconds after which somebody waits in vain: longer than the slowest machine needs


class Activity:
    """Wakes waiters at each change, so that a test awaits a condition instead of guessing a delay."""

    def __init__(self) -> None:
        self.in_flight = 0
        self.changes = 0
        self._waiting: set[asyncio.Future[None]] = set()

    @contextmanager
    def busy(self) -> Iterator[None]:
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1
            self.changed()

    def changed(self) -> None:
        self.changes += 1
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def change(self, since: int) -> int:
        """Returns the number of changes so far, as soon as it is more than `since`: none is missed, and many at
        once are one."""
        while self.changes <= since:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.add(waiter)
            try:
                await waiter
            finally:
                self._waiting.discard(waiter)
        return self.changes

    async def until(self, condition: Callable[[], bool], *, within: float = A_HANG) -> None:
        """Returns as soon as the condition holds; raises TimeoutError after `within` real seconds."""
        async with asyncio.timeout(within):
            while not condition():
                waiter = asyncio.get_running_loop().create_future()
                self._waiting.add(waiter)
                await waiter

    async def quiet(self, *, within: float = A_HANG) -> None:
        """No Web API call and no delivery is under way."""
        await self.until(lambda: self.in_flight == 0, within=within)

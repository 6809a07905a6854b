"""What all parts of one playground share: time, address, the log of traffic, and the faults asked for."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field

import aiohttp

from playground.activity import Activity
from playground.clock import wall_clock
from playground.delivery.reply import Kind
from playground.faults import Faults
from playground.types import Clock, Payload


@dataclass(frozen=True)
class CallRecord:
    """One Web API call as the inspector shows it. The token is left out."""

    at: float
    team_id: str
    method: str
    args: Payload
    answer: Payload
    status: int
    seconds: float


@dataclass(frozen=True)
class DeliveryRecord:
    """One attempt to hand something to the app. `problem` is empty when the app took it."""

    at: float
    team_id: str
    kind: Kind
    payload: Payload
    attempt: int
    problem: str
    reply: object
    seconds: float


@dataclass
class Log:
    calls: list[CallRecord] = field(default_factory=list)
    deliveries: list[DeliveryRecord] = field(default_factory=list)


class Ground:
    def __init__(
        self,
        *,
        clock: Clock = wall_clock,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        faults: Faults | None = None,
        ack_seconds: float = 3.0,
    ) -> None:
        self.clock = clock
        self.sleep = sleep  # between event retries; a virtual clock replaces both
        self.faults = faults or Faults()
        self.ack_seconds = ack_seconds
        self.activity = Activity()
        self.log = Log()
        self.url = ""  # known once the server is bound
        self.http: aiohttp.ClientSession  # open while the server runs
        self._tasks: set[asyncio.Task[object]] = set()

    def spawn(self, work: Coroutine[object, object, object]) -> None:
        """Runs in the background until done or until the playground stops."""
        self.activity.in_flight += 1  # what is about to start is not quiet
        task = asyncio.get_running_loop().create_task(self._run(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # for one that was cancelled before it started

    async def _run(self, work: Coroutine[object, object, object]) -> None:
        """From here on `work` says itself when it is busy: a retry that waits for its minute is not."""
        self.activity.in_flight -= 1
        try:
            await work
        finally:
            self.activity.changed()

    async def stop(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

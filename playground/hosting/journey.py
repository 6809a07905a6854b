"""Time passing for the bot: from due to due, so that everything on the way happens in order and at its time."""

import asyncio
from datetime import timedelta
from math import inf

from bot import jobs
from bot.capabilities import House
from bot.context import Bot
from bot.courier import Courier
from bot.services import notifications
from playground.clock import MovableClock
from playground.page.time_control import CannotTravel

# The timetable's lines run every few minutes; on a journey this is enough, as they plan two days ahead.
ROUND = timedelta(hours=24).total_seconds()
MOST_STEPS = 10_000  # whoever needs more has a fault switched on that lets nothing through


class Journey:
    """Nothing sleeps: where the courier would wait for its pace, time passes instead. Without rounds the bot says
    what it has planned, and plans nothing.
    """

    def __init__(self, bot: Bot, house: House, clock: MovableClock, *, with_rounds: bool = True) -> None:
        self._bot = bot
        self._timetable = house.timetable
        self._clock = clock
        self._courier = Courier(bot, house.spoken, sleep=clock.pass_time)
        self._next_round = clock() if with_rounds else inf
        self._steps = 0
        self._is_broken_off = False
        self._ended = asyncio.Event()

    async def to(self, until: float) -> None:
        while True:
            if self._is_broken_off:
                raise CannotTravel("The demo ends; it goes on from here next time.")
            await self._round_if_due()
            await self._courier.deliver_due()
            if self._clock() >= until:
                return
            self._clock.put(min(until, self._next_round, await self._next_due(until)))
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise CannotTravel("Slack lets nothing through. Switch the faults off, then go on.")

    async def end(self) -> None:
        """Another courier may speak now."""
        await self._courier.stop()
        self._ended.set()

    async def break_off(self) -> None:
        """Returns when the traveller has stopped where it is, with the message under way sent and written down."""
        self._is_broken_off = True
        await self._courier.stop()
        await self._ended.wait()

    async def _round_if_due(self) -> None:
        if self._clock() >= self._next_round:
            for job in self._timetable:
                if not self._is_broken_off:
                    await jobs.run(job, self._bot)
            self._next_round = self._clock() + ROUND

    async def _next_due(self, otherwise: float) -> float:
        async with self._bot.read() as session:
            due = await notifications.next_due(session)
        return due.timestamp() if due else otherwise

"""The `Courier` takes one thing after the other off the ledger, no faster than allowed, and sleeps in between."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.context import Bot
from bot.courier.delivery import LEASE, Delivery, tell
from bot.courier.leading import Leadership
from bot.courier.letters import Amendment, Letter, Spoken, Unsent, Unsettled, Writer
from bot.courier.pace import Pace
from bot.courier.undisturbed import Undisturbed
from bot.services import notifications

LOOK_AGAIN = 30.0  # seconds, in case no wake-up came
ELSEWHERE = 1.0  # another courier has what is due
NOT_LEADING = 5.0
AFTER_FAILURE = 5.0

log = logging.getLogger(__name__)


class Courier:
    """Each process has one courier; one of them leads and the others wait."""

    def __init__(
        self,
        bot: Bot,
        composers: Mapping[str, Spoken],
        *,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._composers = composers
        self._pace = pace or Pace()
        self._delivery = Delivery(bot, self._pace)
        self._leadership = Leadership(bot, holder=secrets.token_hex(8))
        self._undisturbed = Undisturbed(bot)
        self._sleep = sleep
        self._stopping = asyncio.Event()
        self._stopped = asyncio.Event()
        self._stopped.set()

    async def run(self) -> None:
        """The courier runs until `stop()`. No error ends it."""
        self._stopped.clear()
        try:
            while not self._stopping.is_set():
                await self._survive(self._step())
        finally:
            self._stopped.set()

    async def stop(self) -> None:
        """The send in progress, if any, is finished and recorded first; then another process may lead."""
        self._stopping.set()
        await self._stopped.wait()
        with suppress(SQLAlchemyError, OSError):  # the lease runs out by itself
            await self._leadership.release()

    async def deliver_due(self) -> None:
        """Only what is due at the time of the call is sent, at the permitted pace; then another process may lead."""
        called_at = self._bot.now()
        while not (self._stopping.is_set() or self._bot.removed.is_set()):
            due = await self._next_due()
            if due is None or due > called_at or not await self._leadership.held():
                break
            if delay := self._pace.delay(self._bot.now()):
                await self._rest(delay)
            if not self._stopping.is_set():
                await self._do_next()
        await self._leadership.release()

    async def _survive(self, step: Awaitable[None]) -> None:
        try:
            await step
        except Exception:  # most likely the database is away; it will be back
            log.exception("courier.failed")
            await self._rest(AFTER_FAILURE)

    async def _step(self) -> None:
        """The courier does the next thing, or waits for it."""
        if self._bot.removed.is_set():
            return await self._rest(LOOK_AGAIN)
        if delay := self._pace.delay(self._bot.now()):
            return await self._rest(delay)
        self._bot.something_due.clear()  # before looking, so that anything planned later wakes the courier
        due = await self._next_due()
        wait = (due - self._bot.now()).total_seconds() if due else LOOK_AGAIN
        if wait > 0:
            return await self._rest(min(wait, LOOK_AGAIN), self._bot.something_due)
        if not await self._leadership.held():
            return await self._rest(NOT_LEADING)
        return await self._do_next()

    async def _next_due(self) -> datetime | None:
        """An idle courier only reads, so that it does not take the write lock."""
        async with self._bot.read() as session:
            return await notifications.next_due(session)

    async def _do_next(self) -> None:
        undisturbed = await self._undisturbed.of_those_due()
        async with self._bot.work() as session:
            if not await self._leadership.holds(session):
                return
            writer = Writer(
                session,
                self._composers,
                self._bot.packs,
                now=self._bot.now(),
                lease=LEASE,
                undisturbed=undisturbed,
            )
            step = await writer.take()
        match step:
            case Letter():
                await self._delivery.send(step)
            case Amendment():
                await self._delivery.amend(step)
            case Unsettled():
                await self._delivery.settle(step)
            case None:
                await self._rest(ELSEWHERE)
            case Unsent(notification, outcome, reason):
                tell(self._bot, notification, outcome, reason)

    async def _rest(self, seconds: float, *wakers: asyncio.Event) -> None:
        """The courier sleeps until the time is over, a wake-up comes, or it is stopped."""
        reasons = (self._sleep(seconds), self._stopping.wait(), *(waker.wait() for waker in wakers))
        waits = [asyncio.ensure_future(reason) for reason in reasons]
        try:
            await next(asyncio.as_completed(waits))
        finally:
            for wait in waits:
                wait.cancel()

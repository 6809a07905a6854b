"""The timetable: what runs when, one line each.

APScheduler is only the metronome. What is due and what is done stands in our tables, so a line may run late,
twice, or in two processes at once without harm.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.context import Bot
from bot.courier import COMPOSERS
from bot.handlers import people
from bot.services import anniversaries, directory, goals, inbox, kudos, notifications, nudges

log = logging.getLogger(__name__)


async def wake_courier(bot: Bot) -> None:
    bot.something_due.set()


async def sync_directory(bot: Bot) -> None:
    async with bot.read() as session:
        due = await directory.listing_is_due(session, now=bot.now())
    if due and not bot.removed.is_set():
        await people.sync(bot)


async def plan_nudges(bot: Bot) -> None:
    """A transaction per batch of people, so that nobody's check-in waits for a whole company."""
    async with bot.work() as session:
        turn = await nudges.begin(session, now=bot.now(), packs=bot.packs)
    if turn is None:
        return
    for batch in turn.batches:
        async with bot.work() as session:
            await nudges.plan_batch(session, turn, batch)
    async with bot.work() as session:
        await nudges.finish(session, turn)


async def plan_goal_closings(bot: Bot) -> None:
    async with bot.work() as session:
        await goals.plan_closings(session, now=bot.now())


async def plan_anniversaries(bot: Bot) -> None:
    async with bot.work() as session:
        await anniversaries.plan(session, now=bot.now())


async def count_ledger(bot: Bot) -> None:
    """Under labels from our own sets: Slack's codes, of which there are hundreds, count as one reason."""
    async with bot.read() as session:
        counts = await notifications.counts(session)
        overdue = await notifications.overdue(session, now=bot.now())
    numbers: Counter[tuple[str, str, str]] = Counter()
    for one in counts:
        reason = notifications.shown(one.state, one.reason) or ""
        kind = one.kind if one.kind in COMPOSERS else "other"
        numbers[kind, one.state, reason if reason in ("", *notifications.REASONS) else "slack"] += one.number
    bot.metrics.count_ledger(numbers, overdue.total_seconds())


async def tidy_inbox(bot: Bot) -> None:
    async with bot.work() as session:
        await inbox.tidy(session, now=bot.now())


async def plan_kudos_digest(bot: Bot) -> None:
    async with bot.work() as session:
        await kudos.plan_digest(session, now=bot.now())


async def tidy_drafts(bot: Bot) -> None:
    async with bot.work() as session:
        await kudos.tidy_drafts(session, now=bot.now())


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: timedelta
    job: Callable[[Bot], Awaitable[None]]


TIMETABLE = (
    Job("wake_courier", timedelta(seconds=30), wake_courier),
    Job("sync_directory", timedelta(minutes=5), sync_directory),  # once a night; looks every 5 minutes
    Job("plan_nudges", timedelta(minutes=5), plan_nudges),
    Job("plan_goal_closings", timedelta(hours=1), plan_goal_closings),
    Job("plan_anniversaries", timedelta(hours=1), plan_anniversaries),
    Job("count_ledger", timedelta(minutes=1), count_ledger),
    Job("tidy_inbox", timedelta(hours=1), tidy_inbox),
    Job("plan_kudos_digest", timedelta(hours=1), plan_kudos_digest),
    Job("tidy_drafts", timedelta(hours=1), tidy_drafts),
)


async def run(line: Job, bot: Bot) -> None:
    """One turn. A failure is logged and counted; the next turn tries again."""
    try:
        await line.job(bot)
    except Exception:
        bot.metrics.jobs.labels(line.name, "failed").inc()
        log.exception("job.failed", extra={"job": line.name})
    else:
        bot.metrics.jobs.labels(line.name, "ok").inc()


class AtOnceThenEvery(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Else a process that restarts often would never reach its first turn."""

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        following: datetime | None = super().get_next_fire_time(previous, now)
        return following if previous else now


@asynccontextmanager
async def ticking(bot: Bot, timetable: Sequence[Job] = TIMETABLE) -> AsyncIterator[None]:
    """Runs the timetable beside the block. At the end turns under way are broken off; their rows know how far
    they came.
    """
    under_way: set[asyncio.Task[None] | None] = set()

    async def turn(line: Job) -> None:
        under_way.add(task := asyncio.current_task())
        with suppress(asyncio.CancelledError):  # which APScheduler would log as an error of the job
            await run(line, bot)
        under_way.discard(task)

    scheduler = AsyncIOScheduler(timezone="UTC")
    for line in timetable:
        every = AtOnceThenEvery(seconds=line.every.total_seconds())
        # late is fine, where APScheduler's own answer to a second's delay is to leave the turn out
        scheduler.add_job(turn, every, (line,), misfire_grace_time=None, coalesce=True, max_instances=1)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()
        await asyncio.gather(*filter(None, under_way), return_exceptions=True)

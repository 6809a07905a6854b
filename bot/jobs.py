"""Runs the timetable of all capabilities.

APScheduler only gives the beat. Our tables say what is due and what is done, so a job may run late, twice, or
in two processes at once without harm.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.context import Bot
from bot.timetable import Job

log = logging.getLogger(__name__)


async def run(job: Job, bot: Bot) -> None:
    """Runs the job once. A failure is logged and counted, and the next run tries again."""
    try:
        await job.run(bot)
    except Exception:
        bot.metrics.jobs.labels(job.name, "failed").inc()
        log.exception("job.failed", extra={"job": job.name})
    else:
        bot.metrics.jobs.labels(job.name, "ok").inc()


class AtOnceThenEvery(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """The first run comes at once: a process that restarts often would otherwise never reach it."""

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        following: datetime | None = super().get_next_fire_time(previous, now)
        return following if previous else now


@asynccontextmanager
async def ticking(bot: Bot, timetable: Sequence[Job]) -> AsyncIterator[None]:
    """The timetable runs while the block does. At the end, running jobs are cancelled; their rows say how far
    they came.
    """
    under_way: set[asyncio.Task[None] | None] = set()

    async def turn(job: Job) -> None:
        under_way.add(task := asyncio.current_task())
        with suppress(asyncio.CancelledError):  # APScheduler would log it as the job's error
            await run(job, bot)
        under_way.discard(task)

    scheduler = AsyncIOScheduler(timezone="UTC")
    for job in timetable:
        every = AtOnceThenEvery(seconds=job.every.total_seconds())
        # a late run is fine; by itself APScheduler would skip a run that is a second late
        scheduler.add_job(turn, every, (job,), misfire_grace_time=None, coalesce=True, max_instances=1)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()
        await asyncio.gather(*filter(None, under_way), return_exceptions=True)

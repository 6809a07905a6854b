"""How many due notifications the ledger gives away a second, beside how many Slack permits to send; and one at a time,
beside how many durable changes of one row the bare driver makes a second.
"""

import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import timedelta

import asyncpg
from sqlalchemy import update
from sqlalchemy.engine import URL

from benchmarks.company import found, hired_bot
from benchmarks.delivery.town import THURSDAY
from benchmarks.rows import Row
from bot.context import Bot
from bot.models import Notification, NotificationState
from bot.models.notifications import Why
from bot.services import notifications
from bot.services.notifications import Kind
from playground.limits import WORKSPACE as PERMITTED

PEOPLE, DUE = 100, 20_000
BATCH, ONE = 50, 1
LONGEST = 3.0  # seconds per case
LEASE = timedelta(minutes=1)
GOAL = 1000
CHANGE = "UPDATE notifications SET attempts = attempts + 1 WHERE id = 1"


async def measure(database_url: str) -> Sequence[Row]:
    await found(database_url, PEOPLE)
    _, permitted = PERMITTED
    rows = []
    async with hired_bot(database_url) as bot:
        await _owe(bot)
        for limit in (BATCH, ONE):
            await _as_planned(bot)
            per_second = await _claims_per_second(bot, limit)
            what = f"claims from {DUE:,} due, {limit} per transaction; floor: what Slack permits"
            rows.append(Row(what, per_second, permitted, GOAL, "/s", digits=0))
        floor = await _commits_per_second(bot.database.url)
    what = "the same, 1 per transaction; floor: the bare driver changing a row and committing"
    return [*rows, Row(what, per_second, floor, 0.05, "/s", digits=0)]


async def _commits_per_second(url: URL) -> float:
    """As durable as ours: nothing is sent before its mark has reached the disk."""
    commits = _sqlite_commits(url) if url.get_backend_name() == "sqlite" else _postgresql_commits(url)
    started, done = time.perf_counter(), 0
    async for _ in commits:
        done += 1
        if time.perf_counter() > started + LONGEST:
            break
    return done / LONGEST


async def _sqlite_commits(url: URL) -> AsyncIterator[None]:
    with closing(sqlite3.connect(url.database or "", isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        while True:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(CHANGE)
            connection.execute("COMMIT")
            yield


async def _postgresql_commits(url: URL) -> AsyncIterator[None]:
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    try:
        while True:
            async with connection.transaction():
                await connection.execute(CHANGE)
            yield
    finally:
        await connection.close()


BENCH = Kind(
    name="bench",
    rank=None,
    why=Why(part_of="A benchmark", rule="Many at once.", set_by="Whoever measures."),
    ends=None,
)


async def _owe(bot: Bot) -> None:
    async with bot.work() as session:
        plans = (
            notifications.Plan(
                person_id=1 + number % PEOPLE,
                kind=BENCH,
                key=str(number),
                subject={},
                due_at=THURSDAY + timedelta(seconds=number % 1800),
                expires_at=THURSDAY + timedelta(days=3),
            )
            for number in range(DUE)
        )
        assert await notifications.plan_many(session, plans) == DUE


async def _as_planned(bot: Bot) -> None:
    async with bot.work() as session:
        await session.execute(update(Notification).values(state=NotificationState.PLANNED))


async def _claims_per_second(bot: Bot, limit: int) -> float:
    """Each claim committed, as it has to be before anything is sent."""
    now, claimed = THURSDAY + timedelta(hours=1), set[int]()
    started = time.perf_counter()
    while len(claimed) < DUE and time.perf_counter() < started + LONGEST:
        async with bot.work() as session:
            taken = await notifications.claim(session, now=now, lease=LEASE, limit=limit)
        assert len(taken) == limit and claimed.isdisjoint(notification.id for notification in taken)
        claimed.update(notification.id for notification in taken)
    return len(claimed) / (time.perf_counter() - started)

"""How many due notices the ledger gives away a second, beside how many Slack permits to send."""

import time
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from benchmarks.company import found, hired_bot
from benchmarks.delivery.town import THURSDAY
from benchmarks.rows import Row
from bot.context import Bot
from bot.models import Notice, NoticeState
from bot.services import notices
from playground.limits import WORKSPACE as PERMITTED

PEOPLE, DUE = 100, 20_000
BATCH, ONE = 50, 1
LONGEST = 3.0  # seconds per case
LEASE = timedelta(minutes=1)


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
            rows.append(Row(what, per_second, permitted, 1000, "/s", digits=0))
    return rows


async def _owe(bot: Bot) -> None:
    async with bot.work() as session:
        plans = (
            notices.Plan(
                person_id=1 + number % PEOPLE,
                kind="bench",
                key=str(number),
                subject={},
                due_at=THURSDAY + timedelta(seconds=number % 1800),
                expires_at=THURSDAY + timedelta(days=3),
            )
            for number in range(DUE)
        )
        assert await notices.plan_many(session, plans) == DUE


async def _as_planned(bot: Bot) -> None:
    async with bot.work() as session:
        await session.execute(update(Notice).values(state=NoticeState.PLANNED))


async def _claims_per_second(bot: Bot, limit: int) -> float:
    """Each claim committed, as it has to be before anything is sent."""
    now, claimed = THURSDAY + timedelta(hours=1), set[int]()
    started = time.perf_counter()
    while len(claimed) < DUE and time.perf_counter() < started + LONGEST:
        async with bot.work() as session:
            taken = await notices.claim(session, now=now, lease=LEASE, limit=limit)
        assert len(taken) == limit and claimed.isdisjoint(notice.id for notice in taken)
        claimed.update(notice.id for notice in taken)
    return len(claimed) / (time.perf_counter() - started)

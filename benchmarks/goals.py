"""How long the company's tree of 5,000 goals takes, beside one plain SELECT of the same rows through the bare driver.

    python -m benchmarks.goals

Ours asks the policy, walks the tree, counts what hangs below, and marks who has gone quiet; the floor only reads.
They take turns, and each figure is the median of its turns.
"""

import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from statistics import median

import asyncpg
import uvloop
from sqlalchemy.engine import URL

from benchmarks import company, databases
from benchmarks.rows import HEAD, Row
from bot import clock
from bot.__main__ import now
from bot.context import Bot
from bot.db import insert_rows
from bot.models import Department, Goal
from bot.models.goals import GoalKind, GoalState, Level, Visibility
from bot.services import goals, people

PEOPLE = 500
LEVELS = {Level.COMPANY: 20, Level.DEPARTMENT: 180, Level.TEAM: 800, Level.PERSON: 4_000}  # 5,000 in all
TURNS = 30  # and one before them to warm up
PLAIN = (
    "SELECT id, version, title, level, kind, visibility, state, owner_id, period, ends_on, progress, confidence, "
    "touched_at, parent_id FROM goals"
)

Read = Callable[[], Awaitable[int]]


async def set_goals(bot: Bot) -> None:
    """Each under a goal of the level above, by a fixed seed; a third of them untouched for long."""
    chance = random.Random(5)  # noqa: S311  a sample, no secret
    async with bot.work() as session:
        await insert_rows(session, Department, [{"name": "All", "path": "All"}])
        first = 1
        parents: list[int | None] = [None]
        for level, count in LEVELS.items():
            ids = range(first, first + count)
            rows = [_goal(number, level, chance, parents) for number in ids]
            for some in people.chunked(rows):
                await insert_rows(session, Goal, some)
            first, parents = first + count, list(ids)


def _goal(number: int, level: Level, chance: random.Random, parents: list[int | None]) -> dict[str, object]:
    today = now()
    first, last = clock.quarter_of(today.date())
    owner = 1 + number % PEOPLE
    return {
        "level": level,
        "owner_id": owner,
        "department_id": 1 if level == Level.DEPARTMENT else None,
        "team_manager_id": owner if level == Level.TEAM else None,
        "title": f"Goal {number}: what will be true at the end of the quarter",
        "kind": GoalKind.COMMITTED,
        "visibility": Visibility.LIMITED if level == Level.PERSON and number % 10 == 0 else Visibility.OPEN,
        "period": f"Q{(first.month + 2) // 3} {first.year}",
        "starts_on": first,
        "ends_on": last,
        "begins_on": first,
        "scored_on": first,
        "parent_id": chance.choice(parents),
        "set_by_id": owner,
        "set_at": today,
        "state": GoalState.AGREED,
        "state_by_id": owner,
        "state_since": today,
        "progress": number % 11 / 10,
        "touched_at": today - timedelta(days=45 if number % 3 == 0 else 5),
    }


def tree(bot: Bot) -> Read:
    async def read() -> int:
        async with bot.read() as session:
            viewer = await people.by_slack_id(session, "U0000001")
            return (await goals.tree(session, viewer, now=bot.now())).total

    return read


@asynccontextmanager
async def plain(url: URL) -> AsyncIterator[Read]:
    """One SELECT on a connection that is open already."""
    if url.get_backend_name() == "sqlite":
        file = sqlite3.connect(str(url.database))

        async def read() -> int:
            return len(file.execute(PLAIN).fetchall())

        yield read
        file.close()
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)

    async def fetch() -> int:
        return len(await connection.fetch(PLAIN))

    yield fetch
    await connection.close()


async def in_turns(reads: Mapping[str, Read]) -> dict[str, float]:
    """Milliseconds."""
    taken: dict[str, list[float]] = {name: [] for name in reads}
    for _ in range(1 + TURNS):
        for name, read in reads.items():
            started = time.perf_counter()
            await read()
            taken[name].append((time.perf_counter() - started) * 1000)
    return {name: median(turns[1:]) for name, turns in taken.items()}


async def measure(kind: str, url: str) -> Row:
    await company.found(url, PEOPLE)
    async with company.hired_bot(url) as bot:
        await set_goals(bot)
        await databases.settle(bot.database)
        async with plain(bot.settings.sqlalchemy_url) as floor:
            seen, there = await tree(bot)(), await floor()
            assert there == sum(LEVELS.values()) and seen >= 0.9 * there, (seen, there)
            found = await in_turns({"ours": tree(bot), "floor": floor})
    what = f"{kind}: tree of {there:,} goals, a page of it; floor: one plain SELECT of them"
    return Row(what, found["ours"], found["floor"], goal=5, unit="ms", at_most=True)


async def main() -> None:
    print(HEAD)
    with databases.addresses() as urls:
        for kind, url in urls.items():
            print(await measure(kind, url), flush=True)


if __name__ == "__main__":
    uvloop.run(main())

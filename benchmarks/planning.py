"""How long it takes to plan the nudges of 100,000 people, beside the raw driver writing the very same rows.

    python -m benchmarks.planning

The floor is one `executemany` in one transaction, of rows that are ready: no zones, no rhythms, no questions.
"""

import gc
import sqlite3
import time
import tracemalloc
import zoneinfo
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

import asyncpg
import uvloop
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import URL

from benchmarks import databases
from benchmarks.rows import HEAD, Row
from bot import schema
from bot.config import Settings
from bot.db import Database, insert_rows
from bot.models import Department, Notification, Person, PersonKind, Rhythm, Workspace
from bot.packs import shipped_packs
from bot.services import nudges, people

PEOPLE, FEW = 100_000, 10_000
TURNS = 3
WORKSPACE = "TBENCH"
ZONES = sorted(zone for zone in zoneinfo.available_timezones() if zone.startswith(("Europe/", "America/")))[
    ::5
][:40]
COUNTRIES = ("DE", "PT", "US", "BR", None)
THURSDAY = datetime(2026, 11, 19, 3, tzinfo=UTC)  # everybody's Friday afternoon lies within 48 hours
PACKS = shipped_packs()

Rows = Sequence[tuple[Any, ...]]


async def found(database: Database) -> None:
    async with database.work(WORKSPACE) as session:
        session.add(Workspace(name="Bench", installed_at=THURSDAY))
        await session.flush()
        await insert_rows(session, Department, [{"name": f"D{n}", "path": f"D{n}"} for n in range(200)])


async def hire(database: Database, numbers: range) -> None:
    """Teams of eight in 40 zones and 200 departments; one in a hundred has a rhythm of their own."""
    async with database.work(WORKSPACE) as session:
        for some in people.chunked(numbers):
            await insert_rows(session, Person, [_person(number) for number in some])
            await insert_rows(session, Rhythm, [_rhythm(number) for number in some if number % 100 == 0])


def _person(number: int) -> dict[str, object]:
    leader = number - (number - 1) % 8
    return {
        "slack_user_id": f"U{number:07}",
        "name": f"Person {number}",
        "kind": PersonKind.MEMBER,
        "title_from_csv": False,
        "timezone": ZONES[number % len(ZONES)],
        "country": COUNTRIES[number % len(COUNTRIES)],
        "department_id": 1 + number % 200,
        "manager_id": leader if leader != number else None,
    }


def _rhythm(number: int) -> dict[str, object]:
    moment = {"weekday": 4, "minute": 540 + number % 7 * 60, "every_weeks": 1}
    return {"person_id": number, "chosen_by_id": number, "chosen_at": THURSDAY, **moment}


async def plan(database: Database, now: datetime, *, tidy: bool = False) -> nudges.Planned:
    """As the timetable does it: a transaction per batch. `tidy`: garbage is collected after each."""
    async with database.work(WORKSPACE) as session:
        turn = await nudges.begin(session, now=now, packs=PACKS)
    assert turn is not None
    done = nudges.Planned()
    for batch in turn.batches:
        async with database.work(WORKSPACE) as session:
            done += await nudges.plan_batch(session, turn, batch)
        if tidy:
            gc.collect()
    async with database.work(WORKSPACE) as session:
        return done + await nudges.finish(session, turn)


async def timed(work: Awaitable[Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = await work
    return time.perf_counter() - started, result


async def memory_of(database: Database, now: datetime) -> float:
    """The most that Python held while planning, in MiB. Garbage that waits for its collector is not held."""
    gc.collect()
    tracemalloc.start()
    await plan(database, now, tidy=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


async def planned_rows(database: Database) -> list[dict[str, Any]]:
    async with database.read(WORKSPACE) as session:
        columns = Notification.__table__.columns
        found = await session.execute(select(*(getattr(Notification, column.name) for column in columns)))
        return [dict(row._mapping) for row in found]


async def start_afresh(database: Database) -> None:
    """As if the check-in were started now, with nothing planned yet."""
    async with database.work(WORKSPACE) as session:
        await session.execute(delete(Notification))
        await session.execute(
            update(Workspace).values(checkins_started_at=THURSDAY, checkins_planned_until=None)
        )


async def raw(url: URL, rows: list[dict[str, Any]]) -> float:
    """The same rows through the driver itself."""
    names = list(rows[0])
    dialect = url.get_dialect()()
    statement = str(insert(Notification).compile(dialect=dialect, column_keys=names))
    processors = [
        Notification.__table__.columns[name].type.dialect_impl(dialect).bind_processor(dialect)
        for name in names
    ]
    ready = [
        tuple(
            process(row[name]) if process else row[name]
            for name, process in zip(names, processors, strict=True)
        )
        for row in rows
    ]
    write = _raw_sqlite if url.get_backend_name() == "sqlite" else _raw_postgresql
    return await write(url, statement, ready)


async def _raw_sqlite(url: URL, statement: str, rows: Rows) -> float:
    connection = sqlite3.connect(str(url.database))
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    started = time.perf_counter()
    with connection:
        connection.executemany(statement, rows)
    taken = time.perf_counter() - started
    connection.close()
    return taken


async def _raw_postgresql(url: URL, statement: str, rows: Rows) -> float:
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    started = time.perf_counter()
    async with connection.transaction():
        await connection.executemany(statement, rows)
    taken = time.perf_counter() - started
    await connection.close()
    return taken


@dataclass(frozen=True, slots=True)
class Turn:
    """In seconds."""

    first: float
    again: float
    raw: float
    rows: int


async def take_turn(database: Database) -> Turn:
    await start_afresh(database)
    await databases.settle(database)
    first, planned = await timed(plan(database, THURSDAY))
    again, nothing = await timed(plan(database, THURSDAY))
    rows = await planned_rows(database)
    await start_afresh(database)
    await databases.settle(database)
    turn = Turn(first, again, await raw(database.url, rows), len(rows))
    assert planned.new == len(rows) >= PEOPLE
    assert nothing == nudges.Planned()
    return turn


async def measure(kind: str, url: str) -> Sequence[Row]:
    settings = Settings(_env_file=None, database_url=url)
    await schema.upgrade(settings.sqlalchemy_url)
    database = Database(settings.sqlalchemy_url)
    try:
        await found(database)
        await hire(database, range(1, FEW + 1))
        await start_afresh(database)
        await plan(database, THURSDAY)  # calendars are read and statements compiled once
        await start_afresh(database)
        held_by_few = await memory_of(database, THURSDAY)
        await hire(database, range(FEW + 1, PEOPLE + 1))
        turns = [await take_turn(database) for _ in range(TURNS)]
        await start_afresh(database)
        held_by_many = await memory_of(database, THURSDAY)
    finally:
        await database.close()
    first, again, floor = (
        median(getattr(turn, name) for turn in turns) for name in ("first", "again", "raw")
    )
    return (
        Row(f"{kind}: plan {turns[0].rows:,} rows for {PEOPLE:,} people", first, floor, 2, "s", at_most=True),
        Row(f"{kind}: plan them again, 0 new rows", again, floor, 1, "s", at_most=True),
        Row(
            f"{kind}: memory at the peak; floor: {FEW:,} people",
            held_by_many,
            held_by_few,
            1.5,
            "MiB",
            at_most=True,
        ),
    )


async def main() -> None:
    print(HEAD)
    with databases.addresses() as urls:
        for kind, url in urls.items():
            for row in await measure(kind, url):
                print(row, flush=True)


if __name__ == "__main__":
    uvloop.run(main())

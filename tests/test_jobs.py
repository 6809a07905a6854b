"""The timetable: turns may come late, twice or fail, and the tables still say what is due."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import jobs
from bot.context import Bot
from bot.db import Database
from bot.errors import AlreadyDone
from bot.jobs import TIMETABLE, Line
from bot.models import InboxEntry, Person
from bot.services import inbox
from tests.bad_line import answers
from tests.conftest import NOW, OTHER
from tests.mailroom import Mailroom, open_mailroom

BY_NAME = {line.name: line for line in TIMETABLE}
SOON = timedelta(milliseconds=20)


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Mailroom]:
    async with open_mailroom(database) as room:
        yield room


def turns(bot: Bot, line: Line, outcome: str) -> float:
    return float(bot.metrics.jobs.labels(line.name, outcome)._value.get())


async def names(room: Mailroom) -> set[str]:
    async with room.bot.read() as session:
        return set(await session.scalars(select(Person.name)))


# The metronome


async def test_a_line_runs_at_once_and_then_again_and_again(room: Mailroom) -> None:
    count, three_times = 0, asyncio.Event()

    async def job(_: Bot) -> None:
        nonlocal count
        count += 1
        if count == 3:
            three_times.set()

    async with jobs.ticking(room.bot, [Line("job", SOON, job)]):
        await asyncio.wait_for(three_times.wait(), timeout=5)


async def test_the_first_turn_does_not_wait_for_its_interval(room: Mailroom) -> None:
    ran = asyncio.Event()

    async def job(_: Bot) -> None:
        ran.set()

    async with jobs.ticking(room.bot, [Line("yearly", timedelta(days=365), job)]):
        await asyncio.wait_for(ran.wait(), timeout=5)


async def test_a_job_that_fails_stops_neither_itself_nor_the_others(room: Mailroom) -> None:
    failed, recovered = False, asyncio.Event()

    async def job(_: Bot) -> None:
        nonlocal failed
        if not failed:
            failed = True
            raise ZeroDivisionError
        recovered.set()

    line = Line("job", SOON, job)
    async with jobs.ticking(room.bot, [line]):
        await asyncio.wait_for(recovered.wait(), timeout=5)
    assert turns(room.bot, line, "failed") == 1
    assert turns(room.bot, line, "ok") >= 1


async def test_stopping_waits_until_a_turn_under_way_has_let_go(room: Mailroom) -> None:
    """Else the database would be closed under its feet."""
    began, let_go = asyncio.Event(), False

    async def job(bot: Bot) -> None:
        nonlocal let_go
        async with bot.work():
            began.set()
            try:
                await asyncio.Event().wait()
            finally:
                let_go = True

    async with jobs.ticking(room.bot, [Line("job", timedelta(hours=1), job)]):
        await asyncio.wait_for(began.wait(), timeout=5)
    assert let_go
    await room.plan("the write lock is free")


def test_every_line_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(TIMETABLE)


# What the lines do


async def test_the_courier_is_woken(room: Mailroom) -> None:
    room.bot.something_due.clear()
    await jobs.run(BY_NAME["wake_courier"], room.bot)
    assert room.bot.something_due.is_set()


async def test_the_directory_is_read_once_a_night_however_often_the_clock_ticks(room: Mailroom) -> None:
    line = BY_NAME["sync_directory"]
    for _ in range(3):
        await jobs.run(line, room.bot)
    assert room.line.calls.count("users.list") == 1
    room.team.workspace.add_person("Cleo")
    room.wait(timedelta(hours=10, minutes=59))  # 01:59
    await jobs.run(line, room.bot)
    assert "Cleo" not in await names(room)
    for _ in range(12):
        room.wait(timedelta(minutes=5))
        await jobs.run(line, room.bot)
    assert "Cleo" in await names(room)
    assert room.line.calls.count("users.list") == 2


async def test_a_night_without_slack_is_made_up_for_at_the_next_turn(room: Mailroom) -> None:
    line = BY_NAME["sync_directory"]
    room.team.workspace.add_person("Cleo")
    room.line.next("users.list", answers(500, ""))
    await jobs.run(line, room.bot)
    assert turns(room.bot, line, "failed") == 1
    assert "Cleo" not in await names(room)
    await jobs.run(line, room.bot)
    assert "Cleo" in await names(room)


async def test_a_removed_app_asks_slack_nothing(room: Mailroom) -> None:
    room.bot.removed.set()
    await jobs.run(BY_NAME["sync_directory"], room.bot)
    assert "users.list" not in room.line.calls


async def test_the_inbox_forgets_after_a_week_and_only_its_own(room: Mailroom, database: Database) -> None:
    week = timedelta(days=7)
    for age in (week + timedelta(seconds=1), week):
        async with room.bot.work() as session:
            await inbox.accept(session, f"{age}", now=NOW - age)
    async with database.work(OTHER) as session:
        await inbox.accept(session, "theirs", now=NOW - 2 * week)
    await jobs.run(BY_NAME["tidy_inbox"], room.bot)
    async with room.bot.read() as session:
        assert (await session.scalars(select(InboxEntry.key))).all() == [f"{week}"]
    with pytest.raises(AlreadyDone):
        async with database.work(OTHER) as session:
            await inbox.accept(session, "theirs", now=NOW)

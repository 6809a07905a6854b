"""The timetable: turns may come late, twice or fail, and the tables still say what is due."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import jobs
from bot.capabilities import house
from bot.context import Bot
from bot.db import Database
from bot.errors import AlreadyDone
from bot.models import InboxEntry, Notification, Person
from bot.services import inbox, notifications
from bot.timetable import Job
from playground.activity import A_HANG
from tests.bad_line import answers
from tests.conftest import NOW, OTHER
from tests.mailroom import Mailroom, open_mailroom

TIMETABLE = house().timetable
BY_NAME = {line.name: line for line in TIMETABLE}
SOON = timedelta(milliseconds=20)


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Mailroom]:
    async with open_mailroom(database) as room:
        yield room


def turns(bot: Bot, line: Job, outcome: str) -> float:
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

    async with jobs.ticking(room.bot, [Job("job", SOON, job)]):
        await asyncio.wait_for(three_times.wait(), timeout=A_HANG)


async def test_the_first_turn_does_not_wait_for_its_interval(room: Mailroom) -> None:
    ran = asyncio.Event()

    async def job(_: Bot) -> None:
        ran.set()

    async with jobs.ticking(room.bot, [Job("yearly", timedelta(days=365), job)]):
        await asyncio.wait_for(ran.wait(), timeout=A_HANG)


async def test_a_job_that_fails_stops_neither_itself_nor_the_others(room: Mailroom) -> None:
    failed, recovered = False, asyncio.Event()

    async def job(_: Bot) -> None:
        nonlocal failed
        if not failed:
            failed = True
            raise ZeroDivisionError
        recovered.set()

    line = Job("job", SOON, job)
    async with jobs.ticking(room.bot, [line]):
        await asyncio.wait_for(recovered.wait(), timeout=A_HANG)
    assert turns(room.bot, line, "failed") == 1
    assert turns(room.bot, line, "ok") >= 1


async def test_stopping_waits_until_a_turn_under_way_has_let_go(
    room: Mailroom, caplog: pytest.LogCaptureFixture
) -> None:
    """Else the database would be closed under its feet. Nobody reads of it as of a failure."""
    began, let_go = asyncio.Event(), False

    async def job(bot: Bot) -> None:
        nonlocal let_go
        async with bot.work():
            began.set()
            try:
                await asyncio.Event().wait()
            finally:
                let_go = True

    async with jobs.ticking(room.bot, [Job("job", timedelta(hours=1), job)]):
        await asyncio.wait_for(began.wait(), timeout=A_HANG)
    assert let_go
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
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


# Counting the ledger


async def test_the_ledger_is_counted_by_kind_state_and_reason(room: Mailroom) -> None:
    await room.plan("a", "b", kind="checkins.nudge", due_at=NOW - timedelta(minutes=5))
    await room.plan("c", "d", kind="checkins.nudge", due_at=NOW + SOON)
    await room.mark("b", state="failed", reason="channel_not_found")
    await room.mark("c", state="skipped", reason="not_this_week")
    await room.mark("d", state="skipped", reason="paused")
    await room.plan("e", kind="unheard of")
    async with room.bot.database.work(OTHER) as elsewhere:
        elsewhere.add(Person(id=99, name="Zoe"))
        await elsewhere.flush()
        elsewhere.add(Notification(person_id=99, kind="welcome", key="z", nonce="z", subject={}, due_at=NOW))
    await jobs.run(BY_NAME["count_ledger"], room.bot)
    lines = [line for line in room.bot.metrics.text().decode().splitlines() if line.startswith("rapport_led")]
    assert sorted(lines) == [
        "rapport_ledger_overdue_seconds 300.0",
        'rapport_ledger{kind="checkins.nudge",reason="",state="planned"} 1.0',
        'rapport_ledger{kind="checkins.nudge",reason="paused",state="skipped"} 2.0',
        'rapport_ledger{kind="checkins.nudge",reason="slack",state="failed"} 1.0',
        'rapport_ledger{kind="other",reason="",state="planned"} 1.0',
    ]


async def test_what_left_the_ledgers_state_is_counted_no_more(room: Mailroom) -> None:
    await room.plan("a", kind="checkins.nudge", due_at=NOW - SOON)
    await jobs.run(BY_NAME["count_ledger"], room.bot)
    await room.mark("a", state="sent")
    await jobs.run(BY_NAME["count_ledger"], room.bot)
    counted = room.bot.metrics.text().decode()
    assert 'rapport_ledger{kind="checkins.nudge",reason="",state="sent"} 1.0' in counted
    assert 'state="planned"' not in counted
    assert "rapport_ledger_overdue_seconds 0.0" in counted


async def test_a_ledger_of_years_is_counted_by_its_newest_rows(room: Mailroom) -> None:
    await room.plan(*(f"old {n}" for n in range(5)), kind="old")
    await room.plan(*(f"new {n}" for n in range(3)), kind="new")
    async with room.bot.read() as session:
        counts = await notifications.counts(session, newest=4)
    assert sorted((one.kind, one.number) for one in counts) == [("new", 3), ("old", 1)]

"""The courier's life: several at once, woken, idle, stopped, without a database for a while."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.courier.loop import LOOK_AGAIN
from bot.db import Database
from bot.services import notifications
from playground.activity import A_HANG
from tests.bad_line import Silence, reset_before
from tests.conftest import HOME, NOW
from tests.courier.builders import LEASE, SETTLE, fast
from tests.mailroom import Mailroom, open_mailroom


@pytest.fixture
async def busy_room(database: Database) -> AsyncIterator[Mailroom]:
    """On a running clock, for couriers that wait, and for several at once."""
    async with open_mailroom(database, runs=True) as room:
        yield room


# Several at once


async def test_two_couriers_at_once_say_everything_once(busy_room: Mailroom, wait_seconds: float) -> None:
    room = busy_room
    keys = [f"{n:02}" for n in range(40)]
    await room.plan(*keys[:20])
    await room.plan(*keys[20:], to=room.ben)
    another_database = Database(room.bot.database.url, wait_seconds=wait_seconds)
    another = replace(room.bot, database=another_database)
    couriers = [room.courier(bot=bot, pace=fast(), sleep=asyncio.sleep) for bot in (room.bot, another)]
    await asyncio.gather(*(courier.deliver_due() for courier in couriers))
    await another_database.close()
    assert sorted(room.seen()) == [f"{key} for Ana" for key in keys[:20]]
    assert sorted(room.seen(room.ben)) == [f"{key} for Ben" for key in keys[20:]]
    assert set((await room.states()).values()) == {"sent"}


async def test_two_couriers_settle_one_question_between_them(room: Mailroom) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", reset_before)
    await room.courier().deliver_due()
    room.wait(SETTLE)
    silence = Silence()
    room.line.next("conversations.history", silence)
    slow = asyncio.create_task(room.courier().deliver_due())
    await silence.done_there.wait()
    room.wait(LEASE)
    await room.courier().deliver_due()  # takes over, finds nothing, sends
    silence.over.set()
    await slow  # comes back with "not there" from before
    assert room.seen() == ["a for Ana"]
    assert await room.states() == {"a": "sent"}


# Running


async def running(room: Mailroom, **options: Any) -> tuple[Any, asyncio.Task[None]]:
    courier = room.courier(pace=fast(), sleep=asyncio.sleep, **options)
    return courier, asyncio.create_task(courier.run())


async def arrived(room: Mailroom, count: int) -> None:
    """Before the courier would look by itself."""
    await room.playground.until(lambda: len(room.seen()) >= count, within=LOOK_AGAIN / 2)


async def test_what_is_planned_wakes_the_courier_at_once(busy_room: Mailroom) -> None:
    courier, task = await running(busy_room)
    await busy_room.plan("a")
    await arrived(busy_room, 1)
    await busy_room.plan("b")
    await arrived(busy_room, 2)
    await courier.stop()
    await task
    assert busy_room.seen() == ["a for Ana", "b for Ana"]


async def test_what_is_due_soon_arrives_in_time_without_anybody_waking_it(busy_room: Mailroom) -> None:
    await busy_room.plan("soon", due_at=busy_room.clock.now() + timedelta(seconds=0.2))
    courier, task = await running(busy_room)
    await arrived(busy_room, 1)
    await courier.stop()
    await task
    assert busy_room.seen() == ["soon for Ana"]


async def test_a_courier_with_nothing_to_do_lies_still(busy_room: Mailroom) -> None:
    """Its own commits wake whoever waits for work, and that must not be itself over and over."""
    rests: list[float] = []

    async def sleep(seconds: float) -> None:
        rests.append(seconds)
        await asyncio.sleep(seconds)

    courier = busy_room.courier(pace=fast(), sleep=sleep)
    task = asyncio.create_task(courier.run())
    await busy_room.plan("a")
    await arrived(busy_room, 1)
    for _ in range(50):
        await busy_room.states()
    await courier.stop()
    await task
    assert len(rests) < 10


async def test_stopping_finishes_the_send_in_flight_and_begins_no_other(busy_room: Mailroom) -> None:
    silence = Silence()
    busy_room.line.next("chat.postMessage", silence)
    await busy_room.plan("a", due_at=busy_room.clock.now() - LEASE)
    await busy_room.plan("b")
    courier, task = await running(busy_room)
    await silence.done_there.wait()
    stopping = asyncio.create_task(courier.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    silence.over.set()
    await stopping
    await task
    assert await busy_room.states() == {"a": "sent", "b": "planned"}


async def test_an_idle_courier_stops_at_once(busy_room: Mailroom) -> None:
    courier, task = await running(busy_room)
    await asyncio.sleep(0)
    await asyncio.wait_for(courier.stop(), timeout=A_HANG)
    await task


async def test_a_database_that_was_gone_for_a_while_stops_nothing(
    busy_room: Mailroom, wait_seconds: float
) -> None:
    failures = iter([OSError("gone"), OSError("still gone")])

    class Flaky(Database):
        def read(self, workspace_id: str) -> Any:
            for failure in failures:
                raise failure
            return super().read(workspace_id)

    async def no_wait(_: float) -> None:
        await asyncio.sleep(0)

    flaky = Flaky(busy_room.bot.database.url, wait_seconds=wait_seconds)
    bot = replace(busy_room.bot, database=flaky)
    await busy_room.plan("a")
    courier = busy_room.courier(bot=bot, pace=fast(), sleep=no_wait)
    task = asyncio.create_task(courier.run())
    await arrived(busy_room, 1)
    await courier.stop()
    await task
    await flaky.close()
    assert busy_room.seen() == ["a for Ana"]


async def test_what_is_sent_in_one_workspace_is_not_touched_from_another(room: Mailroom) -> None:
    await room.plan("a")
    other = replace(room.bot, workspace_id="T0OTHER")
    await room.courier(bot=other).deliver_due()
    assert await room.states() == {"a": "planned"}
    async with room.bot.database.read(HOME) as session:
        assert await notifications.next_due(session) == NOW

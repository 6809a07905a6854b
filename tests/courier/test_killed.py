"""The process dies at any line, or the machine sleeps: it is said once."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from bot.courier import Telling
from bot.db import Database
from bot.slack import Message, Posted, Slack
from tests.bad_line import Fault, Silence, reset_after, reset_before
from tests.courier.builders import LEASE, SETTLE
from tests.kinds import a_kind
from tests.mailroom import Mailroom, greet


class Killed(BaseException):
    """What no handler catches: the process ends here."""


class DiesBeforeTheCall(Slack):
    async def post(self, *args: Any, **values: Any) -> Posted:
        raise Killed


class DiesAfterTheCall(Slack):
    async def post(self, *args: Any, **values: Any) -> Posted:
        await super().post(*args, **values)
        raise Killed


class DiesAfterLooking(Slack):
    async def find_posted(self, *args: Any, **values: Any) -> Posted | None:
        await super().find_posted(*args, **values)
        raise Killed


async def run_until_killed(room: Mailroom, kind: type[Slack]) -> None:
    async with kind.connect(room.team.installed.token, room.line.url) as slack:
        with pytest.raises(Killed):
            await room.courier(bot=room.with_slack(slack)).deliver_due()


async def recover(room: Mailroom) -> None:
    """New processes, for as long as it may take."""
    for _ in range(4):
        room.wait(LEASE)
        await room.courier().deliver_due()


@pytest.mark.parametrize("dies", [DiesBeforeTheCall, DiesAfterTheCall])
async def test_killed_around_the_call_it_is_said_once(room: Mailroom, dies: type[Slack]) -> None:
    await room.plan("a", "b")
    await run_until_killed(room, dies)
    assert "sending" in (await room.states()).values()
    await recover(room)
    assert await room.states() == {"a": "sent", "b": "sent"}
    assert sorted(room.seen()) == ["a for Ana", "b for Ana"]


async def test_killed_while_writing_the_message_it_is_said_once(room: Mailroom) -> None:
    async def dies(*_: Any) -> Message:
        raise Killed

    await room.plan("a")
    room.speak(a_kind("greeting"), dies)
    with pytest.raises(Killed):
        await room.courier().deliver_due()
    assert await room.states() == {"a": "planned"}
    room.speak(a_kind("greeting"), greet)
    await recover(room)
    assert room.seen() == ["a for Ana"]


async def test_killed_while_slack_thinks_it_is_said_once(room: Mailroom) -> None:
    await room.plan("a")
    silence = Silence()
    room.line.next("chat.postMessage", silence)
    delivering = asyncio.create_task(room.courier().deliver_due())
    await silence.done_there.wait()
    delivering.cancel()
    with suppress(asyncio.CancelledError):
        await delivering
    silence.over.set()
    assert await room.states() == {"a": "sending"}
    await recover(room)
    assert room.seen() == ["a for Ana"]
    assert await room.states() == {"a": "sent"}


async def test_killed_when_the_outcome_cannot_be_written_down_it_is_said_once(
    room: Mailroom, database: Database, wait_seconds: float
) -> None:
    """Slack has taken it; then the database is gone."""

    class DatabaseGone(Slack):
        async def post(self, *args: Any, **values: Any) -> Posted:
            posted = await super().post(*args, **values)
            gone.set()
            return posted

    gone = asyncio.Event()

    class FlakyDatabase(Database):
        def work(self, workspace_id: str) -> Any:
            if gone.is_set():
                raise Killed
            return super().work(workspace_id)

    await room.plan("a")
    flaky = FlakyDatabase(database.url, wait_seconds=wait_seconds)
    async with DatabaseGone.connect(room.team.installed.token, room.line.url) as slack:
        with pytest.raises(Killed):
            await room.courier(bot=replace(room.bot, slack=slack, database=flaky)).deliver_due()
    await flaky.close()
    assert await room.states() == {"a": "sending"}
    await recover(room)
    assert room.seen() == ["a for Ana"]
    assert await room.states() == {"a": "sent"}


@pytest.mark.parametrize("fault", [reset_before, reset_after])
async def test_killed_while_settling_it_is_said_once(room: Mailroom, fault: Fault) -> None:
    await room.plan("a")
    room.line.next("chat.postMessage", fault)
    await room.courier().deliver_due()
    room.wait(SETTLE)
    await run_until_killed(room, DiesAfterLooking)
    assert await room.states() == {"a": "unknown"}
    await recover(room)
    assert room.seen() == ["a for Ana"]


async def test_a_machine_that_slept_between_claim_and_call_does_not_send_behind_the_others_back(
    room: Mailroom,
) -> None:
    async def sleeps(telling: Telling) -> Message | Any:
        if telling.notification.attempts == 1:
            room.wait(LEASE)
        return await greet(telling)

    room.speak(a_kind("greeting"), sleeps)
    await room.plan("a")
    courier = room.courier()
    await courier.deliver_due()
    assert await room.state() == ("planned", "lease_over")
    await courier.deliver_due()
    assert room.line.calls.count("chat.postMessage") == 1
    assert room.seen() == ["a for Ana"]
    assert (await room.notification()).attempts == 2

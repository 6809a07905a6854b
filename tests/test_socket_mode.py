"""Socket Mode: requests in and answers out, and how a lost connection comes back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer
from slack_bolt.response import BoltResponse

from bot.errors import CannotStart
from bot.guard import Deliver
from bot.metrics import Metrics
from bot.socket_mode import Outage, SocketLost, SocketMode
from playground.activity import A_HANG


@dataclass
class Slack:
    """Slack's end of it: hands out one-time URLs, and speaks through the newest connection."""

    refused_tickets: set[int] = field(default_factory=set)
    refused_token: str | None = None
    tickets: int = 0
    tried: list[int] = field(default_factory=list)
    connections: asyncio.Queue[web.WebSocketResponse] = field(default_factory=asyncio.Queue)
    answers: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    refusals: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    url: str = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Slack"]:
        app = web.Application()
        app.router.add_post("/api/apps.connections.open", self._open)
        app.router.add_get("/link/{ticket}", self._link)
        async with TestServer(app) as server:
            self.url = str(server.make_url("/"))
            yield self

    async def _open(self, _: web.Request) -> web.Response:
        if self.refused_token:
            return web.json_response({"ok": False, "error": self.refused_token})
        self.tickets += 1
        return web.json_response({"ok": True, "url": f"{self.url}link/{self.tickets}"})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = int(request.match_info["ticket"])
        self.tried.append(ticket)
        if ticket in self.refused_tickets:
            self.refusals.put_nowait(ticket)
            return web.Response(status=400)
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        self.connections.put_nowait(connection)
        with contextlib.suppress(RuntimeError):
            async for message in connection:
                if message.type == WSMsgType.TEXT:
                    self.answers.put_nowait(message.json())
        return connection


@dataclass
class Desk:
    """Takes what is delivered; answers when told to."""

    status: int = 200
    body: str = ""
    delivered: list[tuple[dict[str, Any], Mapping[str, str]]] = field(default_factory=list)
    working: asyncio.Event = field(default_factory=asyncio.Event)
    may_finish: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, payload: dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
        self.delivered.append((payload, headers))
        self.working.set()
        await self.may_finish.wait()
        return BoltResponse(status=self.status, body=self.body)


@dataclass
class Clock:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@asynccontextmanager
async def connected(
    slack: Slack, deliver: Deliver, clock: Clock, metrics: Metrics
) -> AsyncIterator[SocketMode]:
    socket_mode = SocketMode(
        "xapp-1", f"{slack.url}api/", deliver, metrics=metrics, monotonic=clock, ping_seconds=0.02
    )
    async with asyncio.timeout(A_HANG):  # an answer that never comes is a failure, not a hang
        await socket_mode.start()
        yield socket_mode
        await socket_mode.stop()


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.may_finish.set()
    return desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics.new()


def envelope(number: int, **fields: Any) -> dict[str, Any]:
    payload = {"type": "shortcut", "callback_id": "checkins.form", "user": {"id": "UANA"}}
    return {"type": "interactive", "envelope_id": f"e{number}", "payload": payload, **fields}


async def test_a_request_comes_in_and_its_answer_goes_out(desk: Desk, clock: Clock, metrics: Metrics) -> None:
    desk.body = '{"response_action": "clear"}'
    async with Slack().running() as slack, connected(slack, desk.deliver, clock, metrics):
        connection = await slack.connections.get()
        await connection.send_json(envelope(1, retry_attempt=2, retry_reason="timeout"))
        answer = await slack.answers.get()
    assert answer == {"envelope_id": "e1", "payload": {"response_action": "clear"}}
    assert desk.delivered[0][1] == {"x-slack-retry-num": "2", "x-slack-retry-reason": "timeout"}


async def test_a_failure_is_not_acknowledged_so_slack_delivers_again(
    desk: Desk, clock: Clock, metrics: Metrics
) -> None:
    async with Slack().running() as slack, connected(slack, desk.deliver, clock, metrics):
        connection = await slack.connections.get()
        desk.status = 500
        await connection.send_json(envelope(1))
        await desk.working.wait()
        desk.status = 200
        await connection.send_json({**envelope(2), "payload": {"no": "kind"}})
        await connection.send_json(envelope(3))
        assert (await slack.answers.get())["envelope_id"] == "e3"


async def test_stopping_answers_what_is_under_way(clock: Clock, metrics: Metrics) -> None:
    desk = Desk()
    async with Slack().running() as slack:
        async with connected(slack, desk.deliver, clock, metrics) as socket_mode:
            connection = await slack.connections.get()
            await connection.send_json(envelope(1))
            await desk.working.wait()
            stopping = asyncio.create_task(socket_mode.stop())
            done, _ = await asyncio.wait({stopping}, timeout=0.05)
            assert not done, "it waits for the handler"
            desk.may_finish.set()
            await stopping
        assert (await slack.answers.get())["envelope_id"] == "e1"
        assert await socket_mode.is_connected() is False


async def test_a_dead_one_time_url_is_forgotten_after_fifteen_seconds(
    desk: Desk, clock: Clock, metrics: Metrics
) -> None:
    """slack_sdk alone tries the refused ticket for ever: this is why there is a watchdog."""
    async with (
        Slack(refused_tickets={1}).running() as slack,
        connected(slack, desk.deliver, clock, metrics) as mode,
    ):
        for _ in range(3):
            assert await slack.refusals.get() == 1
        await mode.look()
        clock.seconds += 14
        await mode.look()
        assert await slack.refusals.get() == 1
        clock.seconds += 1
        await mode.look()
        connection = await slack.connections.get()
        await connection.send_json(envelope(1))
        assert (await slack.answers.get())["envelope_id"] == "e1"
        assert await mode.is_connected()
    assert slack.tried[-1] == 2
    assert metrics.registry.get_sample_value("rapport_socket_remedies_total", {"remedy": "forget_url"}) == 1


async def test_a_client_that_stays_away_for_a_minute_is_rebuilt(
    desk: Desk, clock: Clock, metrics: Metrics
) -> None:
    async with (
        Slack(refused_tickets={1}).running() as slack,
        connected(slack, desk.deliver, clock, metrics) as mode,
    ):
        await slack.refusals.get()
        await mode.look()
        clock.seconds += 60
        await mode.look()
        await slack.connections.get()
    assert metrics.registry.get_sample_value("rapport_socket_remedies_total", {"remedy": "rebuild"}) == 1


async def test_after_five_minutes_it_gives_up_with_an_error(
    desk: Desk, clock: Clock, metrics: Metrics
) -> None:
    refused = set(range(1, 1000))
    async with (
        Slack(refused_tickets=refused).running() as slack,
        connected(slack, desk.deliver, clock, metrics) as mode,
    ):
        await slack.refusals.get()
        await mode.look()
        clock.seconds += 300
        with pytest.raises(SocketLost):
            await mode.look()


async def test_what_runs_on_the_connection_ends_when_it_is_given_up(
    desk: Desk, clock: Clock, metrics: Metrics
) -> None:
    """So `rapport run` ends with an error, and whoever supervises it starts it afresh."""
    ended = asyncio.Event()
    async with Slack(refused_tickets=set(range(1, 1000))).running() as slack, asyncio.timeout(A_HANG):
        mode = SocketMode(
            "xapp-1",
            f"{slack.url}api/",
            desk.deliver,
            metrics=metrics,
            monotonic=clock,
            ping_seconds=0.02,
            look_seconds=0.01,
        )
        with pytest.raises(SocketLost, match="five minutes"):
            async with mode.kept(or_else=ended.set):
                await slack.refusals.get()
                clock.seconds += 300
                await ended.wait()


async def test_a_wrong_token_stops_the_start(desk: Desk, clock: Clock, metrics: Metrics) -> None:
    async with Slack(refused_token="invalid_auth").running() as slack:
        with pytest.raises(CannotStart, match="SLACK_APP_TOKEN"):
            async with connected(slack, desk.deliver, clock, metrics):
                pass


def test_remedies_come_in_order_and_a_new_connection_starts_over() -> None:
    outage = Outage()
    down = [outage.remedy(connected=False, now=float(second)) for second in range(0, 305, 5)]
    assert [(5 * step, remedy) for step, remedy in enumerate(down) if remedy] == [
        *[(15, "forget_url"), (30, "forget_url"), (45, "forget_url"), (60, "rebuild")],
        *[(75, "forget_url"), (90, "forget_url"), (105, "forget_url"), (120, "rebuild")],
        *[(135, "forget_url"), (150, "forget_url"), (165, "forget_url"), (180, "rebuild")],
        *[(195, "forget_url"), (210, "forget_url"), (225, "forget_url"), (240, "rebuild")],
        *[(255, "forget_url"), (270, "forget_url"), (285, "forget_url"), (300, "give_up")],
    ]
    assert outage.remedy(connected=True, now=310.0) is None
    assert outage.remedy(connected=False, now=1000.0) is None

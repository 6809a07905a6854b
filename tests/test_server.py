"""The web server in front: health, readiness, numbers, Slack's requests all the way through Bolt, a calm stop."""

import asyncio
import functools
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.bolt import Intake, bolt_app
from bot.config import Settings
from bot.context import Bot
from bot.db import Database
from bot.errors import CannotStart
from bot.guard import Guard
from bot.metrics import Metrics
from bot.packs import shipped_packs
from bot.server import Server, web_app
from bot.slack import Identity, Slack
from playground.activity import A_HANG

SECRET = "signing-secret"
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9/api/"
IDENTITY = Identity("T0HOME", "Home", "UBOT", "BBOT", "https://home.slack.com/", frozenset(), None)


class FakeConnection:
    connected = True

    async def is_connected(self) -> bool:
        return self.connected


@asynccontextmanager
async def a_bot(database_url: str) -> AsyncIterator[Bot]:
    settings = Settings(database_url=database_url)
    database = Database(settings.sqlalchemy_url)
    async with Slack.connect("xoxb-test", NOWHERE) as slack:
        yield Bot(
            workspace_id="T0HOME",
            settings=settings,
            database=database,
            slack=slack,
            packs=shipped_packs(),
            now=lambda: NOW,
        )
    await database.close()


@pytest.fixture
async def bot(sqlite_url: str) -> AsyncIterator[Bot]:
    async with a_bot(sqlite_url) as bot:
        yield bot


@pytest.fixture
def bolt() -> AsyncApp:
    return bolt_app(IDENTITY, NOWHERE)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics.new()


@asynccontextmanager
async def served(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    serving = asyncio.create_task(server.serve())
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=A_HANG) as client:
        yield client
    server.stop()
    await serving


def front(bot: Bot, bolt: AsyncApp, metrics: Metrics) -> Server:
    guard = Guard([SECRET], Intake(bolt, metrics), now=bot.now, metrics=metrics)
    return Server(web_app(bot, metrics, guard=guard), "127.0.0.1", 0)


def command(text: str = "") -> dict[str, Any]:
    body = urlencode(
        {"command": "/checkin", "text": text, "team_id": "T0HOME", "user_id": "UANA", "trigger_id": "1.2.3"}
    ).encode()
    timestamp = str(int(NOW.timestamp()))
    digest = hmac.new(SECRET.encode(), f"v0:{timestamp}:".encode() + body, "sha256").hexdigest()
    headers = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return {"content": body, "headers": headers}


async def test_a_signed_command_is_answered_through_bolt(bot: Bot, bolt: AsyncApp, metrics: Metrics) -> None:
    @bolt.command("/checkin")
    async def answer(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(f"hello {body['user_id']}")

    async with served(front(bot, bolt, metrics)) as client:
        answered = await client.post("/slack/events", **command())
        assert (answered.status_code, answered.text) == (200, "hello UANA")
        assert (await client.post("/slack/events", **command())).status_code == 401  # the same bytes again
        numbers = (await client.get("/metrics")).text
    assert 'rapport_requests_total{kind="command",status="200"} 1.0' in numbers
    assert 'rapport_refused_total{reason="replayed"} 1.0' in numbers


async def test_bolt_asks_nobody_who_the_bot_is(bot: Bot, bolt: AsyncApp, metrics: Metrics) -> None:
    """Its client points nowhere, so a single call would fail the request."""

    @bolt.event("team_join")
    async def answer(event: dict[str, Any]) -> None: ...

    intake = Intake(bolt, metrics)
    event = {
        "type": "event_callback",
        "team_id": "T0HOME",
        "event": {"type": "team_join", "user": {"id": "UANA"}},
    }
    assert (await intake(event, {})).status == 200


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback", "authorizations": [{"authorizations": [7]}]},
        {"type": "event_callback", "event": {"event": {"authorizations": 7}}},
        functools.reduce(lambda inner, _: {"event": inner}, range(990), dict[str, Any]()),
    ],
)
async def test_what_bolt_stumbles_over_is_a_400(
    bolt: AsyncApp, metrics: Metrics, payload: dict[str, Any]
) -> None:
    assert (await Intake(bolt, metrics)(payload, {})).status == 400


async def test_a_warning_that_slack_holds_events_back_is_counted(bolt: AsyncApp, metrics: Metrics) -> None:
    await Intake(bolt, metrics)({"type": "app_rate_limited", "team_id": "T0HOME"}, {})
    counted = metrics.registry.get_sample_value(
        "rapport_requests_total", {"kind": "app_rate_limited", "status": "200"}
    )
    assert counted == 1


async def test_only_posts_reach_the_guard_and_other_paths_are_unknown(
    bot: Bot, bolt: AsyncApp, metrics: Metrics
) -> None:
    async with served(front(bot, bolt, metrics)) as client:
        assert (await client.get("/slack/events")).status_code == 405
        assert (await client.post("/slack/other")).status_code == 404
        assert (await client.post("/slack/events", content=b"x")).status_code == 401


async def test_ready_once_the_database_answers(bot: Bot, metrics: Metrics) -> None:
    async with served(Server(web_app(bot, metrics), "127.0.0.1", 0)) as client:
        assert (await client.get("/readyz")).json() == {"status": "ready", "problems": []}


async def test_not_ready_while_the_database_is_gone_but_alive(tmp_path: Path, metrics: Metrics) -> None:
    async with (
        a_bot(f"sqlite:///{tmp_path}/missing/rapport.db") as bot,
        served(Server(web_app(bot, metrics), "127.0.0.1", 0)) as client,
    ):
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()["problems"]) == (503, ["database"])
        assert (await client.get("/healthz")).status_code == 200


async def test_not_ready_while_socket_mode_is_down_or_the_app_removed(bot: Bot, metrics: Metrics) -> None:
    connection = FakeConnection()
    async with served(Server(web_app(bot, metrics, connection=connection), "127.0.0.1", 0)) as client:
        assert (await client.get("/readyz")).status_code == 200
        connection.connected = False
        bot.removed.set()
        assert (await client.get("/readyz")).json()["problems"] == ["slack", "socket_mode"]


async def test_over_socket_mode_nobody_can_post(bot: Bot, metrics: Metrics) -> None:
    async with served(Server(web_app(bot, metrics, connection=FakeConnection()), "127.0.0.1", 0)) as client:
        assert (await client.post("/slack/events", **command())).status_code == 404


async def test_stopping_finishes_the_request_under_way(bot: Bot, bolt: AsyncApp, metrics: Metrics) -> None:
    working, finish = asyncio.Event(), asyncio.Event()

    @bolt.command("/checkin")
    async def answer(ack: AsyncAck) -> None:
        working.set()
        await finish.wait()
        await ack("saved")

    server = front(bot, bolt, metrics)
    async with served(server) as client:
        answering = asyncio.create_task(client.post("/slack/events", **command()))
        await working.wait()
        server.stop()
        finish.set()
        assert (await answering).text == "saved"


def test_a_taken_port_is_one_sentence(bot: Bot, metrics: Metrics) -> None:
    first = Server(web_app(bot, metrics), "127.0.0.1", 0)
    with first.socket, pytest.raises(CannotStart, match="HOST and PORT"):
        Server(web_app(bot, metrics), "127.0.0.1", first.port)

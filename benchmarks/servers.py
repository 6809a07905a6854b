"""What is measured and its floors, each a process of its own on one core: uvicorn, uvloop, httptools.

`python -m benchmarks.servers rapport DATABASE_URL` prints its port and serves until it is stopped.
"""

import asyncio
import hmac
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import uvloop
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.company import hired_bot
from benchmarks.traffic import SECRET, WORKSPACE
from bot.bolt import Intake, bolt_app
from bot.capabilities import house
from bot.guard import Guard
from bot.handlers import register_all
from bot.server import Server, web_app
from bot.slack import Identity

SERVER_CORE, LOAD_CORE = 0, 1
IDENTITY = Identity(WORKSPACE, "Bench", "U0BOT", "B0BOT", "", frozenset(), None)


@contextmanager
def running(*arguments: str) -> Iterator[int]:
    """The port of such a server. Its environment is empty: Bolt reads variables by itself."""
    command = [sys.executable, "-m", "benchmarks.servers", *arguments]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, env={}, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def pin(core: int) -> None:
    """Keeps this process to one core where the system can and there is more than one."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


async def rapport(database_url: str) -> None:
    """The bot as `rapport run` builds it, but without a courier: nobody is spoken to."""
    async with hired_bot(database_url) as bot:
        app = bolt_app(IDENTITY, bot.settings.slack_api_url)
        register_all(app, bot, house().front)
        guard = Guard([SECRET], Intake(app, bot.metrics), now=bot.now, metrics=bot.metrics)
        await _serve(web_app(bot, bot.metrics, guard=guard))


async def bolt_default() -> None:
    await _serve(_bare_bolt(process_before_response=False))


async def bolt_at_once() -> None:
    await _serve(_bare_bolt(process_before_response=True))


def _bare_bolt(*, process_before_response: bool) -> Starlette:
    """Bolt as its documentation sets it up, doing nothing. It need not ask Slack who it is."""
    known = AuthorizeResult(enterprise_id=None, team_id=WORKSPACE, bot_id="B0BOT", bot_user_id="U0BOT")

    async def authorize() -> AuthorizeResult:
        return known

    app = AsyncApp(
        signing_secret=SECRET, authorize=authorize, process_before_response=process_before_response
    )

    @app.view("checkins.form")
    async def do_nothing(ack: AsyncAck) -> None:
        await ack()

    return Starlette(routes=[Route("/slack/events", AsyncSlackRequestHandler(app).handle, methods=["POST"])])


async def signature_check() -> None:
    """The least that keeps strangers out: one HMAC in a plain Starlette endpoint."""

    async def check(request: Request) -> Response:
        body = await request.body()
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signed = b"v0:" + timestamp.encode() + b":" + body
        right = "v0=" + hmac.new(SECRET.encode(), signed, "sha256").hexdigest()
        given = request.headers.get("X-Slack-Signature", "")
        return Response(status_code=200 if hmac.compare_digest(right, given) else 401)

    await _serve(Starlette(routes=[Route("/slack/events", check, methods=["POST"])]))


async def _serve(app: Starlette) -> None:
    server = Server(app, "127.0.0.1", 0)
    print(server.port, flush=True)
    await server.serve()


async def nothing() -> None:
    """Answers before it reads: shows how fast the load generator is."""

    class AlwaysRight(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self._transport = cast(asyncio.Transport, transport)

        def data_received(self, data: bytes) -> None:
            self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")

    server = await asyncio.get_running_loop().create_server(AlwaysRight, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


KINDS: dict[str, Callable[..., Coroutine[Any, Any, None]]] = {
    "rapport": rapport,
    "bolt-default": bolt_default,
    "bolt-at-once": bolt_at_once,
    "signature-check": signature_check,
    "nothing": nothing,
}

if __name__ == "__main__":
    pin(SERVER_CORE)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(KINDS[sys.argv[1]](*sys.argv[2:]))

"""The bot's web server takes Slack's requests through the guard and answers the operator's tools."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import uvicorn
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.context import Bot
from bot.errors import CannotStart
from bot.guard import Guard
from bot.metrics import Metrics
from bot.models import Workspace

DATABASE_SECONDS = 1.0
STOP_SECONDS = 10  # three times as long as Slack waits for an answer


class Connection(Protocol):
    """Readiness needs only this of Socket Mode."""

    async def is_connected(self) -> bool: ...


def web_app(
    bot: Bot, metrics: Metrics, *, guard: Guard | None = None, connection: Connection | None = None
) -> Starlette:
    """Over HTTP `guard` takes Slack's requests; over Socket Mode it is None and the `connection` is watched."""

    async def alive(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(_: Request) -> Response:
        problems = await what_is_missing(bot, connection)
        status = "waiting" if problems else "ready"
        return JSONResponse({"status": status, "problems": problems}, status_code=503 if problems else 200)

    async def numbers(_: Request) -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    routes = [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", numbers)]
    if guard is not None:
        routes.insert(0, Route("/slack/events", guard, methods=["POST"]))
    return Starlette(routes=routes)


async def what_is_missing(bot: Bot, connection: Connection | None) -> Sequence[str]:
    """These codes say what keeps the bot from doing its work right now."""
    problems = [] if await _database_answers(bot) else ["database"]
    if bot.removed.is_set():
        problems.append("slack")
    if connection is not None and not await connection.is_connected():
        problems.append("socket_mode")
    return problems


async def _database_answers(bot: Bot) -> bool:
    try:
        async with asyncio.timeout(DATABASE_SECONDS), bot.read() as session:
            return await session.scalar(select(Workspace.name)) is not None
    except Exception:  # any error of the driver means: not ready
        return False


class Server(uvicorn.Server):
    """uvicorn runs on a socket of ours. The caller handles signals: uvicorn would raise them again at the end, before
    the courier and the database are closed.
    """

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        self.socket = _listen(host, port)

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    def stop(self) -> None:
        self.should_exit = True

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """The server runs until `should_exit`; then it takes no new connections and finishes requests in progress."""
        await super().serve(sockets or [self.socket])

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CannotStart(
            f"Cannot listen on {host} port {port} ({error.strerror}). Free it, or set HOST and PORT."
        ) from error
    # uvloop does this itself; asyncio does not for a socket handed to it, and answers then wait 40 ms for an ACK
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener

"""The bot's web server: Slack's address behind the guard, and what an operator's tools ask."""

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
    """Socket Mode, as far as readiness cares."""

    async def is_connected(self) -> bool: ...


def web_app(
    bot: Bot, metrics: Metrics, *, guard: Guard | None = None, connection: Connection | None = None
) -> Starlette:
    """`guard` takes Slack's requests over HTTP; over Socket Mode there is none, but a `connection` to watch."""

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
    """Codes of what keeps the bot from doing its work right now."""
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
    except Exception:  # whatever the driver raises, the answer is no
        return False


class Server(uvicorn.Server):
    """uvicorn on a socket of ours. Signals stay with whoever starts it: uvicorn would raise them again at the
    end, before the courier and the database are closed.
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
        """Until `should_exit`; then no new connections, and requests under way are finished."""
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

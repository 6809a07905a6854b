"""Runs an ASGI app on a loopback port inside this process, beside whatever else the loop does."""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

GRACE_SECONDS = 1
LINE = "line"  # in the scope's state: the transport of the connection


class NotLoopback(ValueError):
    """Somebody asked for an address that other machines can reach."""


class _Line(AutoHTTPProtocol):  # type: ignore[misc,valid-type]  # whichever of two classes is installed
    """Lets a response reach the connection it goes out on, so that it can be cut."""

    app_state: dict[str, Any]

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, LINE: transport}


class _Server(uvicorn.Server):
    """Leaves the signals to the program it lives in, and says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stopping = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Waits to be told; uvicorn's own looks at a flag ten times a second, which slows every test."""
        await self.stopping.wait()


def check_loopback(host: str) -> None:
    if not ipaddress.ip_address(host).is_loopback:
        raise NotLoopback(f"{host} can be reached from outside; the playground asks nobody for a password")


def free_port(host: str, wanted: int = 0) -> int:
    """The wanted port, or any other when somebody has it."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.create_server((host, port)) as bound:
            return int(bound.getsockname()[1])
    raise OSError(f"no free port on {host}")


@contextlib.asynccontextmanager
async def listening(app: ASGIApp, host: str, port: int) -> AsyncIterator[str]:
    """Serves inside the block; yields the address. Port 0 takes a free one."""
    check_loopback(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as bound:
        # asyncio leaves this out for sockets handed to it, and every answer then waits 40 ms for an ACK.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        config = uvicorn.Config(
            app,
            http=_Line,
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,
            server_header=False,
            ws="websockets-sansio",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve([bound]))
        await server.ready.wait()
        shown = f"[{host}]" if ":" in host else host
        try:
            yield f"http://{shown}:{bound.getsockname()[1]}"
        finally:
            server.stopping.set()
            await serving

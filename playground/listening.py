"""Runs an ASGI app on a loopback port inside this process, beside whatever else the loop does."""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

GRACE_SECONDS = 1


class NotLoopback(ValueError):
    """Somebody asked for an address that other machines can reach."""


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

"""A bad line between the bot and the local Slack: does to the next calls what a test asks for, on real sockets."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, web


@dataclass(frozen=True)
class Passing:
    """One call on its way. `forward` lets Slack have it; `drop` cuts the connection."""

    request: web.Request
    forward: Callable[[], Awaitable[web.Response]]

    def drop(self) -> web.Response:
        assert self.request.transport is not None
        self.request.transport.abort()
        return web.Response()


Fault = Callable[[Passing], Awaitable[web.StreamResponse]]


@dataclass
class BadLine:
    target: str
    url: str = ""
    calls: list[str] = field(default_factory=list)
    _faults: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def next(self, method: str, *faults: Fault) -> None:
        """What happens to the next calls of that method, one each. After that the line is good again."""
        self._faults[method].extend(faults)

    @classmethod
    @asynccontextmanager
    async def to(cls, target: str) -> AsyncIterator["BadLine"]:
        async with ClientSession() as session:
            line = cls(target)

            async def receive(request: web.Request) -> web.StreamResponse:
                return await line._pass(request, session)

            app = web.Application()
            app.router.add_route("*", "/{method}", receive)
            runner = web.AppRunner(app, shutdown_timeout=0)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            line.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
            yield line
            await runner.cleanup()

    async def _pass(self, request: web.Request, session: ClientSession) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        body = await request.read()

        async def forward() -> web.Response:
            headers = {
                name: request.headers[name]
                for name in ("Authorization", "Content-Type")
                if name in request.headers
            }
            async with session.request(
                request.method, f"{self.target}{method}", params=request.query, data=body, headers=headers
            ) as answer:
                kept = {name: value for name, value in answer.headers.items() if name.lower() in KEPT}
                return web.Response(body=await answer.read(), status=answer.status, headers=kept)

        faults = self._faults[method]
        return await (faults.popleft() if faults else well)(Passing(request, forward))


KEPT = frozenset({"content-type", "retry-after", "x-oauth-scopes"})


async def well(call: Passing) -> web.StreamResponse:
    return await call.forward()


async def reset_before(call: Passing) -> web.StreamResponse:
    """Slack never sees it."""
    return call.drop()


async def reset_after(call: Passing) -> web.StreamResponse:
    """Slack has done it, and nobody hears of it."""
    await call.forward()
    return call.drop()


async def cut_short(call: Passing) -> web.StreamResponse:
    """Slack has done it, and half of its answer arrives."""
    answer = await call.forward()
    assert isinstance(answer.body, bytes)
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "4000"})
    await response.prepare(call.request)
    await response.write(answer.body[:20])
    return call.drop()


def answers(status: int, body: str, *, done: bool = False, **headers: str) -> Fault:
    """Some answer instead of Slack's own. `done`: after Slack did what was asked."""

    async def fault(call: Passing) -> web.StreamResponse:
        if done:
            await call.forward()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, text=body, headers={"Content-Type": "application/json"} | named)

    return fault


def refuses(code: str) -> Fault:
    return answers(200, f'{{"ok": false, "error": "{code}"}}')


def busy(seconds: int) -> Fault:
    return answers(429, '{"ok": false, "error": "ratelimited"}', Retry_After=str(seconds))


class Silence:
    """Slack has done it, but says nothing for as long as the test wants."""

    def __init__(self) -> None:
        self.done_there = asyncio.Event()
        self.over = asyncio.Event()

    async def __call__(self, call: Passing) -> web.StreamResponse:
        answer = await call.forward()
        self.done_there.set()
        await self.over.wait()
        return answer

"""The playground: a loopback server that is Slack for one or several workspaces and the people in them."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from playground.activity import A_HANG
from playground.answers import answer_through
from playground.app import App, Installed
from playground.clock import wall_clock
from playground.delivery.either_way import EitherWay
from playground.delivery.http import HttpTransport
from playground.delivery.reply import Delivery, Reply
from playground.delivery.verification import save_request_url
from playground.faults import Faults
from playground.ground import CallRecord, DeliveryRecord, Ground
from playground.limits import Limits
from playground.listening import check_loopback, listening
from playground.socket_mode import SocketMode
from playground.team import Team
from playground.types import Clock
from playground.verbs import Verbs
from playground.web_api.door import Door
from playground.web_api.files import receive_upload
from playground.workspace import Workspace


class Playground(Verbs):
    """`async with Playground() as slack:` serves inside the block. Install apps before or inside it."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock = wall_clock,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        faults: Faults | None = None,
        limited: bool = True,
        ack_seconds: float = 3.0,
    ) -> None:
        check_loopback(host)
        self.ground = Ground(clock=clock, sleep=sleep, faults=faults, ack_seconds=ack_seconds)
        self._address = (host, port)
        self._limited = limited
        self._founded = 0
        self._teams: dict[str, Team] = {}
        self._sockets: dict[str, SocketMode] = {}
        self._callers: dict[str, Team | SocketMode] = {}
        self._mounted: list[BaseRoute] = []
        self._open = contextlib.AsyncExitStack()

    # Setting up

    def workspace(self, name: str, *, domain: str = "") -> Workspace:
        """A new workspace on this playground's clock, empty but for Slackbot and #general."""
        self._founded += 1
        return Workspace(name, clock=self.ground.clock, domain=domain, seed=f"{name} {self._founded}")

    def install(self, app: App, workspace: Workspace, scopes: frozenset[str] | None = None) -> Installed:
        """One app per workspace; an app may be in several. `scopes` is what the installer granted."""
        if app.app_id in self._sockets and self._sockets[app.app_id].app is not app:
            raise ValueError("two apps have one id: create the second with a `seed` of its own")
        installed = Installed.into(workspace, app, scopes)
        sockets = self._sockets.setdefault(app.app_id, SocketMode(self.ground, app, self._limits()))
        transport = EitherWay(app, HttpTransport(self.ground, app), sockets)
        team = Team(self.ground, installed, transport, self._limits())
        self._teams[workspace.team_id] = team
        self._callers |= {installed.token: team, app.app_token: sockets}
        return installed

    def mount(self, path: str, page: ASGIApp) -> None:
        """Serves something else beside Slack, such as a page to look at it. Before the start only."""
        self._mounted.append(Mount(path, page))

    async def save_request_url(self, app: App, url: str) -> None:
        """As in the app's settings: Slack sends a challenge and keeps the address only when it is answered."""
        challenge = next(iter(self._teams.values())).workspace.ids.hex(52)
        await save_request_url(app, url, challenge, HttpTransport(self.ground, app))

    # Looking in

    @property
    def url(self) -> str:
        return self.ground.url

    @property
    def api_url(self) -> str:
        """What the app's client takes as `base_url`."""
        return f"{self.ground.url}/api/"

    @property
    def teams(self) -> list[Team]:
        return list(self._teams.values())

    @property
    def calls(self) -> list[CallRecord]:
        return self.ground.log.calls

    @property
    def deliveries(self) -> list[DeliveryRecord]:
        return self.ground.log.deliveries

    def team(self, team_id: str) -> Team:
        return self._teams[team_id]

    def sockets_of(self, app: App) -> SocketMode:
        return self._sockets[app.app_id]

    def by_token(self, token: str) -> Team | SocketMode | None:
        return self._callers.get(token)

    async def until(self, condition: Callable[[], bool], *, within: float = A_HANG) -> None:
        """Waits for something to become true, woken by each change; TimeoutError after `within` seconds."""
        await self.ground.activity.until(condition, within=within)

    async def quiet(self, *, within: float = A_HANG) -> None:
        """Waits until no call and no delivery is under way. A retry that waits for its minute is not."""
        await self.ground.activity.quiet(within=within)

    async def redeliver(self, record: DeliveryRecord) -> Reply:
        """Hands the app once more what it got before: Slack promises at least once, never exactly once."""
        again = Delivery(record.kind, record.payload, attempt=record.attempt + 1, reason="http_timeout")
        return await self.team(record.team_id).post.send(again)

    # Serving

    async def __aenter__(self) -> Self:
        self.ground.http = await self._open.enter_async_context(aiohttp.ClientSession())
        serving = listening(Starlette(routes=self._routes()), *self._address)
        self.ground.url = await self._open.enter_async_context(serving)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.ground.stop()
        for sockets in self._sockets.values():
            await sockets.drop()
        await self._open.aclose()

    def _routes(self) -> list[BaseRoute]:
        answers = [
            Route(f"/{kind}/{{rest:path}}", self._answer, methods=["POST"])
            for kind in ("commands", "actions", "app")
        ]
        return [
            Route("/api/{method}", Door(self.ground, self).receive, methods=["GET", "POST"]),
            *answers,
            Route("/upload/v1/{team_id}/{file_id}/{secret}", self._upload, methods=["POST"]),
            WebSocketRoute("/link/", self._connect),
            *self._mounted,
        ]

    async def _answer(self, request: Request) -> Response:
        for team in self._teams.values():
            if url := team.response_urls.find(request.url.path):
                return await answer_through(team, url, request)
        return PlainTextResponse("no_such_url", status_code=404)

    async def _upload(self, request: Request) -> Response:
        team = self._teams.get(request.path_params["team_id"])
        return await receive_upload(team, request.path_params["file_id"], request)

    async def _connect(self, socket: WebSocket) -> None:
        sockets = self._sockets.get(socket.query_params.get("app_id", ""))
        await (sockets.serve(socket) if sockets else socket.close())

    def _limits(self) -> Limits:
        return Limits(self.ground.clock, enabled=self._limited)

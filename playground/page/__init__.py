"""The local Slack as a page in the browser: one address per person, live over a WebSocket, JSON in and out.

The page itself is in static/: plain files, sent as they are.
"""

import contextlib
import json
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from playground.page.doings import DOINGS, MAY_OPEN_A_MODAL, Desk, Gone
from playground.page.inspector import records
from playground.page.live import stay_live
from playground.page.sight import ReadUntil, Sight
from playground.page.switches import Switches
from playground.page.time_control import TimeControl
from playground.server import Playground
from playground.types import Payload
from playground.workspace import Member, Workspace

STATIC = Path(__file__).with_name("static")
# Nothing from elsewhere, no inline script: what somebody types stays text even if a line of ours forgets it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PICTURES = ("image/png", "image/jpeg", "image/gif")  # what a browser draws without running anything in it
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Page:
    """`first` is whose Slack the bare address shows. Without `time` and `switches` those controls are missing."""

    def __init__(
        self,
        playground: Playground,
        workspace: Workspace,
        *,
        first: str = "",
        time: TimeControl | None = None,
        switches: Switches | None = None,
        read_until: ReadUntil | None = None,
    ) -> None:
        self._playground = playground
        self._workspace = workspace
        self._first = first
        self._time = time
        self._switches = switches
        self.read_until: ReadUntil = {} if read_until is None else read_until
        """Person → channel → the newest message they have seen there."""
        self._desks: dict[str, Desk] = {}

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._front),
                Route("/as/{user_id}", self._shell),
                Route("/as/{user_id}/do/{doing}", self._do, methods=["POST"]),
                WebSocketRoute("/as/{user_id}/live", self._live),
                Route("/as/{user_id}/files/{file_id}", self._file),
                Route("/traffic", self._traffic),
                Mount("/page", StaticFiles(directory=STATIC)),
            ],
            middleware=[
                Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK),
                Middleware(_Headers),
            ],
        )

    async def _front(self, _request: Request) -> Response:
        people = [one.id for one in self._workspace.members.values() if one.is_person]
        first = self._first or next(iter(people), "")
        if not first:
            raise HTTPException(404, "Nobody lives here.")
        return RedirectResponse(f"/as/{first}")

    async def _shell(self, request: Request) -> Response:
        self._member(request)
        return FileResponse(STATIC / "index.html")

    async def _do(self, request: Request) -> Response:
        check_origin(request)
        desk, doing = self._desk(request), DOINGS.get(request.path_params["doing"])
        if doing is None:
            raise HTTPException(404, "Nobody can do that here.")
        try:
            given = _object(await request.body())
            if doing in MAY_OPEN_A_MODAL:
                desk.act_from(_window(request))
            return JSONResponse(await doing(desk, given))
        except Gone as gone:
            return JSONResponse({"notice": str(gone)}, status_code=409)
        except (KeyError, TypeError, ValueError) as error:
            raise HTTPException(400, f"That could not be read: {type(error).__name__}.") from None

    async def _live(self, socket: WebSocket) -> None:
        check_origin(socket)
        desk = self._desk(socket)
        sight = Sight(desk, self._time, self._switches, window=_window(socket))
        await stay_live(socket, self._playground.ground.activity, sight)

    async def _file(self, request: Request) -> Response:
        member, file = self._member(request), self._workspace.files.get(request.path_params["file_id"])
        if file is None or not any(self._is_in(member, channel) for channel in file.channels):
            raise HTTPException(404, "There is no such file here.")
        headers = {"content-disposition": f"attachment; filename*=utf-8''{file.id}-{_ascii(file.name)}"}
        kind = file.mimetype if file.mimetype in PICTURES else "application/octet-stream"
        return Response(file.content or b"", media_type=kind, headers=headers)

    def _is_in(self, member: Member, channel_id: str) -> bool:
        channel = self._workspace.channels.get(channel_id)
        return channel is not None and member.id in channel.members

    async def _traffic(self, request: Request) -> Response:
        """What has passed between bot and Slack since the caller last asked."""
        with contextlib.suppress(ValueError):
            seen = (int(request.query_params.get(one, "0")) for one in ("calls", "deliveries"))
            return JSONResponse(records(self._playground.ground.log, *seen))
        raise HTTPException(400, "Say how many calls and deliveries you have seen.")

    def _desk(self, connection: HTTPConnection) -> Desk:
        return self.desk_of(self._member(connection).id)

    def desk_of(self, user_id: str) -> Desk:
        """From now on this person has been looked at."""
        if user_id not in self._desks:
            team = self._playground.team(self._workspace.team_id)
            read_until = self.read_until.setdefault(user_id, {})
            self._desks[user_id] = Desk(
                self._playground, team, user_id, read_until, self._time, self._switches
            )
        return self._desks[user_id]

    def _member(self, connection: HTTPConnection) -> Member:
        member = self._workspace.members.get(connection.path_params["user_id"])
        if member is None or not member.is_person:
            raise HTTPException(404, "Nobody of that name can sign in here.")
        return member


class _Headers:
    """Says on every answer what the page may load, and that a browser must not keep an older copy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [
                    (b"content-security-policy", POLICY.encode()),
                    (b"cache-control", b"no-cache"),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def check_origin(connection: HTTPConnection) -> None:
    """A page from elsewhere in the same browser must not act here."""
    origin = connection.headers.get("origin")
    if origin and urlsplit(origin).netloc != connection.headers.get("host"):
        raise HTTPException(403, "This request comes from another page.")


def _window(connection: HTTPConnection) -> str:
    """Which of their windows this is, by the name it gives itself."""
    return connection.query_params.get("window", "")


def _object(body: bytes) -> Payload:
    given = json.loads(body or b"{}")
    if not isinstance(given, dict):
        raise TypeError("not an object")
    return given


def _ascii(name: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)

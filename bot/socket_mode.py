"""The same bot runs over Socket Mode; a watchdog restores a lost connection.

slack_sdk 3.47 can retry a dead one-time URL for ever. So after 15 s without a connection the URL is dropped, after 60 s
a new client is built, and after 5 min the process ends, so that its supervisor starts it again.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import payload
from bot.errors import BotError, CannotStart
from bot.guard import Deliver
from bot.metrics import Metrics

log = logging.getLogger(__name__)

FORGET_URL_SECONDS = 15.0
REBUILD_SECONDS = 60.0
GIVE_UP_SECONDS = 300.0
LOOK_SECONDS = 5.0
CLOSE_SECONDS = 5.0
PING_SECONDS = 5.0  # no answer to four of them counts as not connected
WRONG_TOKEN = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "not_allowed_token_type",
        "account_inactive",
        "token_revoked",
        "missing_scope",
    }
)


class SocketLost(BotError):
    """There was no connection for five minutes: the process ends with an error, on purpose."""

    def __init__(self) -> None:
        super().__init__(
            "Slack could not be reached over Socket Mode for five minutes; stopping to be restarted."
        )


@dataclass(slots=True)
class Outage:
    """The outage knows how long the connection has been lost and which remedy is due."""

    since: float | None = None
    url_forgotten: float = 0.0
    rebuilt: float = 0.0

    def remedy(self, connected: bool, now: float) -> str | None:
        if connected:
            self.since = None
            return None
        if self.since is None:
            self.since = self.url_forgotten = self.rebuilt = now
        if now - self.since >= GIVE_UP_SECONDS:
            return "give_up"
        if now - self.rebuilt >= REBUILD_SECONDS:
            self.rebuilt = self.url_forgotten = now
            return "rebuild"
        if now - self.url_forgotten >= FORGET_URL_SECONDS:
            self.url_forgotten = now
            return "forget_url"
        return None


class SocketMode:
    def __init__(
        self,
        app_token: str,
        api_url: str,
        deliver: Deliver,
        *,
        metrics: Metrics,
        monotonic: Callable[[], float],
        ping_seconds: float = PING_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._app_token = app_token
        self._api_url = api_url
        self._deliver = deliver
        self._metrics = metrics
        self._monotonic = monotonic
        self._ping_seconds = ping_seconds
        self._look_seconds = look_seconds
        self._outage = Outage()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._stopping = False

    @asynccontextmanager
    async def kept(self, *, or_else: Callable[[], None]) -> AsyncIterator[None]:
        """The connection is kept while the block runs. If it is given up, `or_else` ends the block, and then
        `SocketLost` is raised.
        """
        await self.start()
        watching = asyncio.create_task(self.watch())
        watching.add_done_callback(lambda _: or_else())
        try:
            yield
            if watching.done():
                watching.result()
        finally:
            watching.cancel()
            await self.stop()

    async def start(self) -> None:
        """The connection is made in the background. A token that Slack refuses raises an error here."""
        url = await one_time_url(self._app_token, self._api_url)
        self._client = self._new_client()
        self._client.wss_uri = url
        self._connecting = asyncio.create_task(self._client.connect())  # type: ignore[no-untyped-call]

    async def watch(self) -> None:
        """The connection is checked every few seconds. Raises `SocketLost` when no remedy has helped."""
        while True:
            await self.look()
            await asyncio.sleep(self._look_seconds)

    async def is_connected(self) -> bool:
        return not self._stopping and await self._client.is_connected()

    async def look(self) -> None:
        connected = await self.is_connected()
        self._metrics.socket_connected.set(connected)
        remedy = self._outage.remedy(connected, self._monotonic())
        if remedy is None:
            return
        log.warning("socket.lost", extra={"remedy": remedy})
        self._metrics.socket_remedies.labels(remedy).inc()
        if remedy == "give_up":
            raise SocketLost
        if remedy == "rebuild":
            await self._rebuild()
        self._client.wss_uri = None

    async def stop(self) -> None:
        """No new requests are taken, those in progress are finished (their answers need the connection), and then it
        disconnects.
        """
        self._stopping = True
        if self._in_flight:
            await asyncio.wait(self._in_flight)
        self._connecting.cancel()
        await _close(self._client)

    def _new_client(self) -> SocketModeClient:
        client = SocketModeClient(
            app_token=self._app_token,
            web_client=AsyncWebClient(base_url=self._api_url),
            ping_interval=self._ping_seconds,
        )
        client.socket_mode_request_listeners.append(self._receive)
        return client

    async def _rebuild(self) -> None:
        old, self._client = self._client, self._new_client()
        self._connecting.cancel()
        self._connecting = asyncio.create_task(self._client.connect())  # type: ignore[no-untyped-call]
        await _close(old)

    async def _receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self._stopping:
            return  # not acknowledged: Slack gives it to another connection, or again later
        task = asyncio.create_task(self._answer(client, request))
        self._in_flight.add(task)  # slack_sdk keeps no reference to the one it made
        task.add_done_callback(self._in_flight.discard)
        await task

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            parsed = payload.checked(payload.storable(request.payload))
        except (ValueError, RecursionError):
            self._metrics.refused.labels("malformed").inc()
            return
        response = await self._deliver(parsed, _retry_headers(request))
        if response.status == 200:
            await client.send_socket_mode_response(
                SocketModeResponse(request.envelope_id, _content(response.body))
            )


def _content(body: str) -> dict[str, object] | str | None:
    return json.loads(body) if body.startswith("{") else body or None


async def one_time_url(app_token: str, api_url: str) -> str | None:
    """The result is the address to connect to, or None while Slack cannot give one. Raises `CannotStart` for a token
    that can never connect.
    """
    try:
        answer = await AsyncWebClient(base_url=api_url).apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        if (code := error.response.get("error")) in WRONG_TOKEN:
            raise CannotStart(
                f"Slack refused SLACK_APP_TOKEN ({code}). Create an app-level token (xapp-…) with connections:write."
            ) from None
        return None
    except (ClientError, OSError, TimeoutError):
        return None
    return str(answer["url"])


def _retry_headers(request: SocketModeRequest) -> dict[str, str]:
    if not request.retry_attempt:
        return {}
    return {
        "x-slack-retry-num": str(request.retry_attempt),
        "x-slack-retry-reason": request.retry_reason or "",
    }


async def _close(client: SocketModeClient) -> None:
    with suppress(Exception):  # the client is dropped; a broken connection may fail to close
        async with asyncio.timeout(CLOSE_SECONDS):
            await client.close()  # type: ignore[no-untyped-call]

"""The gateway's way to the local Slack without sockets: the same Web API code, called where it stands.

A call over loopback HTTP takes about 2 ms on this kind of machine, of which Slack's own part is a tenth; a year
of calls would take longer than the rest of it.
"""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import ClientPayloadError, ClientSession, ServerDisconnectedError

from bot.slack import TIMEOUT_SECONDS, Slack
from playground.errors import SlackError
from playground.faults import Cut
from playground.server import Playground
from playground.types import Clock, Payload
from playground.web_api.call import Answer, Request
from playground.web_api.door import Door

Passing = Callable[[str, Request], None]


@dataclass(frozen=True)
class Response:
    """As much of aiohttp's as the SDK looks at."""

    status: int
    headers: Mapping[str, str]
    body: Payload
    cut: Cut
    content_type: str = "application/json"

    async def json(self) -> Payload:
        if self.cut == "truncated":
            raise ClientPayloadError("the body ended early")
        return self.body


class Wire:
    """Stands where the gateway has its aiohttp session. `passing` sees each call before and after it."""

    closed = False

    def __init__(self, slack: Playground, clock: Clock, passing: Passing) -> None:
        self._door = Door(slack.ground, slack)
        self._clock = clock
        self._passing = passing

    @asynccontextmanager
    async def request(self, _verb: str, url: str, **sent: Any) -> AsyncIterator[Response]:
        began = self._clock()
        request = _request(url, sent)
        self._passing("call", request)
        answer = await self._answer(request)
        self._passing("answer", request)
        if self._clock() - began > TIMEOUT_SECONDS:
            raise TimeoutError
        if answer.cut == "reset":
            raise ServerDisconnectedError
        yield Response(answer.status, answer.headers, answer.body, answer.cut)

    async def _answer(self, request: Request) -> Answer:
        try:
            return await self._door.answer(request)
        except SlackError as refusal:
            return Answer(refusal.as_slack())


def _request(url: str, sent: Mapping[str, Any]) -> Request:
    """What the playground would have read from the body: a form's values are strings, JSON's are what they are."""
    form = {**(sent.get("params") or {}), **(sent.get("data") or {})}
    args = {name: value if isinstance(value, str) else _text(value) for name, value in form.items()}
    token = sent["headers"]["Authorization"].removeprefix("Bearer ")
    return Request(url.rpartition("/")[2], {**args, **(sent.get("json") or {})}, token)


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def connect(wire: Wire, token: str) -> Slack:
    """The bot's own gateway and the SDK in it, on this wire."""

    async def no_reader_waits(_: float) -> None:
        return None

    session = cast(ClientSession, wire)
    return Slack(session, token, "http://slack.invalid/api/", count=lambda *_: None, sleep=no_reader_waits)

"""The guard stands between the network and Bolt. Nothing is parsed before its signature is verified.

A refusal is a bare status, counted by reason and never logged: an attacker learns nothing and costs little.
"""

import asyncio
import hmac
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.response import BoltResponse
from starlette.types import Receive, Scope, Send

from bot import payload
from bot.metrics import Metrics

MAX_BODY = 1 << 20
MAX_AGE_SECONDS = 300  # Slack's own rule for the timestamp
READ_SECONDS = 3.0  # Slack has given up by then

Headers = Mapping[bytes, bytes]
Deliver = Callable[[dict[str, Any], Mapping[str, str]], Awaitable[BoltResponse]]

_is_timestamp = re.compile(rb"[0-9]{1,12}").fullmatch
_is_signature = re.compile(rb"v0=[0-9a-f]{64}").fullmatch
_is_length = re.compile(rb"[0-9]{1,12}").fullmatch


class Refused(Exception):
    """The request is turned away with this status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """An ASGI endpoint that verifies signatures. `secrets`: the current one and, during rotation, the former
    one.
    """

    def __init__(
        self,
        secrets: Sequence[str],
        deliver: Deliver,
        *,
        now: Callable[[], datetime],
        metrics: Metrics,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._secrets = [secret.encode() for secret in secrets]
        self._deliver = deliver
        self._now = now
        self._metrics = metrics
        self._read_seconds = read_seconds
        self._seen = SeenSignatures()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._answer(dict(scope["headers"]), receive)
        except Refused as refusal:
            self._metrics.refused.labels(refusal.reason).inc()
            await _send(send, refusal.status, [])
        else:
            await _send(send, response.status, _headers(response), response.body.encode())

    async def _answer(self, headers: Headers, receive: Receive) -> BoltResponse:
        signature = headers.get(b"x-slack-signature", b"")
        now = self._now().timestamp()
        timestamp = _fresh_timestamp(headers, signature, now)
        body = await _read(headers, receive, self._read_seconds)
        self._verify(signature, timestamp, body)
        if not self._seen.add(signature, now):
            raise Refused(401, "replayed")
        response = await self._pass_on(headers, body)
        if response.status >= 500:
            self._seen.forget(signature)  # had no effect; Slack's immediate retry may carry the same second
        return response

    def _verify(self, signature: bytes, timestamp: bytes, body: bytes) -> None:
        given = bytes.fromhex(signature[3:].decode())
        signed = b"v0:" + timestamp + b":" + body
        for secret in self._secrets:
            if hmac.compare_digest(given, hmac.digest(secret, signed, "sha256")):
                return
        raise Refused(401, "unsigned")

    async def _pass_on(self, headers: Headers, body: bytes) -> BoltResponse:
        try:
            parsed = payload.parse(headers.get(b"content-type", b""), body)
        except (ValueError, RecursionError):
            raise Refused(400, "malformed") from None
        return _own_answer(parsed) or await self._deliver(parsed, _retry_headers(headers))


class SeenSignatures:
    """The signatures of the last ten minutes, in two sets that take turns. Older ones fail by their timestamp.

    Only signed requests get in, so only Slack can fill it. Past `limit` the older half is forgotten early; the
    inbox then stops a replay, as it does in another process.
    """

    PERIOD_SECONDS = 2 * MAX_AGE_SECONDS

    def __init__(self, limit: int = 100_000) -> None:
        self._limit = limit
        self._newer: set[bytes] = set()
        self._older: set[bytes] = set()
        self._since = 0.0

    def add(self, signature: bytes, now: float) -> bool:
        """False if it was there already."""
        if now - self._since > self.PERIOD_SECONDS or len(self._newer) >= self._limit:
            self._older, self._newer, self._since = self._newer, set(), now
        if signature in self._newer or signature in self._older:
            return False
        self._newer.add(signature)
        return True

    @property
    def size(self) -> int:
        return len(self._newer) + len(self._older)

    def forget(self, signature: bytes) -> None:
        self._newer.discard(signature)
        self._older.discard(signature)


def _fresh_timestamp(headers: Headers, signature: bytes, now: float) -> bytes:
    timestamp = headers.get(b"x-slack-request-timestamp", b"")
    if not _is_signature(signature) or not _is_timestamp(timestamp):
        raise Refused(401, "unsigned")
    if abs(now - int(timestamp)) > MAX_AGE_SECONDS:
        raise Refused(401, "stale")
    return timestamp


async def _read(headers: Headers, receive: Receive, seconds: float) -> bytes:
    declared = headers.get(b"content-length", b"0")
    if not _is_length(declared):
        raise Refused(400, "malformed")
    if int(declared) > MAX_BODY:
        raise Refused(413, "too_large")
    body, more = await _chunk(
        receive
    )  # most bodies are one chunk; a client that sends nothing occupies no memory
    if not more:
        return body
    try:
        async with asyncio.timeout(seconds):
            return await _read_on(body, receive)
    except TimeoutError:
        raise Refused(408, "slow") from None


async def _read_on(start: bytes, receive: Receive) -> bytes:
    body, more = bytearray(start), True
    while more:
        chunk, more = await _chunk(receive)
        body += chunk
        if len(body) > MAX_BODY:
            raise Refused(413, "too_large")
    return bytes(body)


async def _chunk(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Refused(400, "gone")
    body: bytes = message.get("body", b"")
    if len(body) > MAX_BODY:
        raise Refused(413, "too_large")
    return body, message.get("more_body", False)


def _own_answer(parsed: dict[str, Any]) -> BoltResponse | None:
    """Slack also checks the address itself, without asking the bot; this is the answer to that."""
    if parsed.get("type") == "url_verification":
        return BoltResponse(status=200, body=json.dumps({"challenge": parsed["challenge"]}))
    if parsed.get("ssl_check") == "1":
        return BoltResponse(status=200)
    return None


def _retry_headers(headers: Headers) -> dict[str, str]:
    wanted = (b"x-slack-retry-num", b"x-slack-retry-reason")
    return {name.decode(): headers[name].decode("latin-1") for name in wanted if name in headers}


def _headers(response: BoltResponse) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, values in response.headers.items() for value in values]


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes = b"") -> None:
    headers = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""Slack's own hand, led by somebody else: requests that people did make, changed and sent again, signed or not."""

import copy
import json
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import httpx

from playground.delivery.http import FORM, JSON, sign
from playground.delivery.reply import Delivery, Kind, Reply
from playground.faults import Faults
from playground.ground import CallRecord
from tests.routes.world import Company

Payload = dict[str, Any]


@dataclass(frozen=True)
class Recorded:
    """One request as Slack made it."""

    kind: Kind
    payload: Payload

    def changed(self, **values: Any) -> "Recorded":
        """`changed(user__id="U2")` sets `payload["user"]["id"]` of a copy."""
        payload = copy.deepcopy(self.payload)
        for path, value in values.items():
            _put(payload, path.split("__"), value)
        return replace(self, payload=payload)

    def without(self, words: Iterable[str]) -> "Recorded":
        """With something harmless in place of what was typed."""
        text = json.dumps(self.payload)
        for word in words:
            text = re.sub(re.escape(word), "harmless", text)
        return replace(self, payload=json.loads(text))


def _put(payload: Any, way: Sequence[str], value: object) -> None:
    *above, last = way
    for step in above:
        payload = payload[int(step) if step.isdigit() else step]
    payload[last] = value


class Forged(Faults):
    """What people do reaches the bot with these values in it, on the way that Slack takes."""

    def __init__(self, **values: object) -> None:
        self._values = values

    async def before_delivery(self, delivery: Delivery) -> Reply | None:
        forged = Recorded(delivery.kind, delivery.payload).changed(**self._values)
        delivery.payload.update(forged.payload)
        return None


def recorded(company: Company) -> list[Recorded]:
    """All that Slack has delivered to this company's bot so far."""
    team_id = company.slack.workspace.team_id
    return [
        Recorded(one.kind, copy.deepcopy(one.payload))
        for one in company.playground.deliveries
        if one.team_id == team_id
    ]


def last(company: Company, kind: Kind, **features: str) -> Recorded:
    """The newest of a kind with these values: `last(acme, "interactive", type="view_submission")`."""
    found = [
        one
        for one in recorded(company)
        if one.kind == kind and all(one.payload.get(name) == value for name, value in features.items())
    ]
    return found[-1]


async def deliver(company: Company, request: Recorded) -> Reply:
    """Through Slack's own delivery, over HTTP or Socket Mode, with a trigger that is good for three seconds."""
    team = company.playground.team(company.slack.workspace.team_id)
    user = request.payload.get("user")
    if isinstance(user, Mapping) and user.get("id") in company.slack.workspace.members:
        view_id = (request.payload.get("view") or {}).get("id")
        request = request.changed(trigger_id=team.triggers.issue(user["id"], view_id=view_id).id)
    reply = await team.post.send(Delivery(request.kind, request.payload))
    await company.playground.quiet()
    return reply


class Letterbox:
    """The bot's address, for whoever posts there; with the secret, or without."""

    def __init__(self, company: Company, client: httpx.AsyncClient) -> None:
        self._company = company
        self._client = client

    async def post(
        self, body: bytes, content_type: str, *, secret: str | None = None, seconds: float = 0.0
    ) -> httpx.Response:
        """Signed with the app's own secret, unless another is given. `seconds`: how old the time stamp is."""
        return await self.send(body, self.headers(body, content_type, secret=secret, seconds=seconds))

    def headers(
        self, body: bytes, content_type: str, *, secret: str | None = None, seconds: float = 0.0
    ) -> dict[str, str]:
        timestamp = str(int(self._company.playground.ground.clock() - seconds))
        return {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(secret or self._company.app.signing_secret, timestamp, body),
        }

    async def send(self, body: bytes | AsyncIterator[bytes], headers: Mapping[str, str]) -> httpx.Response:
        return await self._client.post(self._company.app.request_url, content=body, headers=dict(headers))

    async def forward(self, request: Recorded, *, secret: str | None = None) -> httpx.Response:
        return await self.post(*encoded(request), secret=secret)


def encoded(request: Recorded) -> tuple[bytes, str]:
    """As Slack encodes it, also where Slack would never have come to such values."""
    if request.kind == "command":
        fields = {name: _as_text(value) for name, value in request.payload.items()}
        return urlencode(fields, errors="surrogatepass").encode(), FORM
    text = json.dumps(request.payload)
    if request.kind == "event":
        return text.encode(), JSON
    return urlencode({"payload": text}).encode(), FORM


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def said_to_slack(calls: Iterable[CallRecord]) -> str:
    """All that the bot sent along with these calls, as one text to search in."""
    return json.dumps([(call.method, call.args) for call in calls], ensure_ascii=False)

"""Signed HTTP requests to the app's request URLs, as Slack sends them."""

import asyncio
import hashlib
import hmac
import json
from urllib.parse import urlencode, urljoin

import aiohttp

from playground.app import App
from playground.delivery.reply import Delivery, Reply
from playground.ground import Ground

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
REDIRECTS = 2  # an event follows that many


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of `X-Slack-Signature`, over the raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpTransport:
    def __init__(self, ground: Ground, app: App) -> None:
        self._ground = ground
        self._app = app

    async def send(self, delivery: Delivery) -> Reply:
        body, content_type = encode(delivery)
        url = self._app.url_for(delivery)
        if not url:
            return Reply(problem="connection_failed")
        try:
            async with asyncio.timeout(self._ground.ack_seconds):
                return await self._request(url, body, self._headers(delivery, body, content_type))
        except TimeoutError:
            return Reply(problem="http_timeout")
        except aiohttp.ClientSSLError:
            return Reply(problem="ssl_error")
        except aiohttp.ClientConnectionError:
            return Reply(problem="connection_failed")
        except (aiohttp.ClientError, ValueError):
            return Reply(problem="unknown_error")

    async def _request(self, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        for _ in range(REDIRECTS + 1):
            async with self._ground.http.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as response:
                if response.status in (301, 302):
                    url = urljoin(url, response.headers.get("Location", ""))
                    continue
                return Reply(
                    problem="" if 200 <= response.status < 300 else "http_error",
                    body=(await response.read()).decode("utf-8", "replace"),
                    is_json=response.content_type == JSON,
                    no_retry=response.headers.get("x-slack-no-retry") == "1",
                )
        return Reply(problem="too_many_redirects")

    def _headers(self, delivery: Delivery, body: bytes, content_type: str) -> dict[str, str]:
        timestamp = str(int(self._ground.clock()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._app.signing_secret, timestamp, body),
        }
        if delivery.attempt:
            headers["X-Slack-Retry-Num"] = str(delivery.attempt)
            headers["X-Slack-Retry-Reason"] = delivery.reason
        return headers


def encode(delivery: Delivery) -> tuple[bytes, str]:
    """Body and content type. Non-ASCII text inside JSON travels as unicode escapes, as from Slack."""
    if delivery.kind == "command":
        return urlencode(delivery.payload).encode(), FORM
    text = json.dumps(delivery.payload)
    if delivery.kind == "event":
        return text.encode(), JSON
    return urlencode({"payload": text}).encode(), FORM

"""Bolt routes requests. Every payload enters it here, over HTTP and Socket Mode alike."""

import time
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.shapes import kind_of
from bot.slack import Identity


def bolt_app(identity: Identity, api_url: str) -> AsyncApp:
    """Bolt only routes: it never sees raw bytes (`bot.guard` does) nor the token (`bot.slack` does).

    `process_before_response` saves the 10 ms poll for `ack`, and a request is answered only once its effect is
    saved.
    """
    return AsyncApp(
        name="rapport",
        process_before_response=True,
        signing_secret="",
        client=AsyncWebClient(base_url=api_url),
        authorize=_Known(identity),
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


class _Known(AsyncAuthorize):
    """The bot's own ids, asked for once at the start: no request costs a call or a look-up.

    Bolt needs the ids to skip the bot's own events.
    """

    def __init__(self, identity: Identity) -> None:
        self._result = AuthorizeResult(
            enterprise_id=None,
            team_id=identity.workspace_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
        )

    async def __call__(self, **_: Any) -> AuthorizeResult:
        return self._result


class Intake:
    """Hands parsed payloads to Bolt and measures how long each takes."""

    def __init__(self, app: AsyncApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, payload: dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
        kind = kind_of(payload)
        started = time.perf_counter()
        response = await self._dispatch(payload, headers)
        self._metrics.request_seconds.labels(kind).observe(time.perf_counter() - started)
        self._metrics.requests.labels(kind, str(response.status)).inc()
        return response

    async def _dispatch(self, payload: dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
        if payload.get("type") == "app_rate_limited":
            return BoltResponse(status=200)  # the metrics count it; nothing else is to be done
        # In this mode Bolt takes the dictionary as it is: no second parse, and no signature to verify.
        # Nothing else depends on the mode (slack_bolt 1.30: request, request_verification).
        try:
            request = AsyncBoltRequest(body=payload, headers=dict(headers), mode="socket_mode")
        except (AttributeError, KeyError, RecursionError, TypeError):
            return BoltResponse(status=400)  # it digs for ids at any depth, deeper than our shapes go
        return await self._app.async_dispatch(request)

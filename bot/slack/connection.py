"""The connection to Slack's Web API: one call at a time, counted, and its failures turned into our errors."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.http_retry import FixedValueRetryIntervalCalculator
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from yarl import URL

from bot.slack.errors import FAILURES, SlackBusy, meaning_of, meaning_of_answer
from bot.spelling import spelled

TIMEOUT_SECONDS = 10.0
PATIENCE = 5  # how often in a row a reader waits as long as Slack asks before it gives up
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

SdkMethod = Callable[..., Awaitable[AsyncSlackResponse]]
Count = Callable[[str, str], None]
Sleep = Callable[[float], Awaitable[object]]


class Connection:
    """Sends requests for one workspace. `_once` never repeats a call; `_again` may, over a fresh connection."""

    def __init__(
        self,
        session: ClientSession,
        token: str,
        api_url: str,
        *,
        count: Count,
        sleep: Sleep,
        command_prefix: str = "",
    ) -> None:
        self._session = session
        self._count = count
        self._sleep = sleep
        self._command_prefix = command_prefix
        self._once = AsyncWebClient(token, api_url, session=session, retry_handlers=[])
        # Once more over a fresh connection, at once: right where twice equals once.
        again = AsyncConnectionErrorRetryHandler(interval_calculator=FixedValueRetryIntervalCalculator(0.1))
        self._again = AsyncWebClient(token, api_url, session=session, retry_handlers=[again])
        self._once.proxy = self._again.proxy = None  # the session's trust_env decides, and knows NO_PROXY

    @classmethod
    @asynccontextmanager
    async def connect(
        cls,
        token: str,
        api_url: str,
        *,
        count: Count = lambda method, outcome: None,
        sleep: Sleep = asyncio.sleep,
        seconds: float = TIMEOUT_SECONDS,
        command_prefix: str = "",
    ) -> AsyncIterator[Self]:
        """`count` is told of every call: its method, and `ok` or the error's `outcome`. `seconds` limits a
        whole call. `command_prefix` is how this company has the commands that texts name.

        Connecting may take half of that, so that "could not connect" is told apart from "no answer".
        """
        timeout = ClientTimeout(total=seconds, sock_connect=seconds / 2)
        local = URL(api_url).host in LOOPBACK
        async with ClientSession(timeout=timeout, trust_env=not local) as session:
            yield cls(session, token, api_url, count=count, sleep=sleep, command_prefix=command_prefix)

    async def _ask(
        self, call: SdkMethod, *, seconds: float | None = None, **arguments: Any
    ) -> AsyncSlackResponse:
        """One Web API call, named as Slack names it: `chat_postMessage` is `chat.postMessage`."""
        method = call.__name__.replace("_", ".")
        try:
            async with asyncio.timeout(seconds):
                answer = await call(**spelled(arguments, self._command_prefix))
        except FAILURES as error:
            meaning = meaning_of(error)
            self._count(method, meaning.outcome)
            raise meaning from None  # the SDK's text quotes what Slack answered
        self._count(method, "ok")
        return answer

    async def _send(self, name: str, url: str, **body: Any) -> None:
        """Posts to an address that Slack gave. The request carries no token."""
        try:
            async with self._session.post(url, **spelled(body, self._command_prefix)) as response:
                text = await response.read()
        except FAILURES as error:
            meaning = meaning_of(error)
        else:
            if response.status == 200:
                return self._count(name, "ok")
            meaning = meaning_of_answer(response.status, response.headers, _json(text))
        self._count(name, meaning.outcome)
        raise meaning from None

    async def _ask_patiently(self, call: SdkMethod, **arguments: Any) -> AsyncSlackResponse:
        """Nobody waits for these reads, so they may take their time."""
        for _ in range(PATIENCE):
            try:
                return await self._ask(call, **arguments)
            except SlackBusy as busy:
                await self._sleep(busy.retry_after)
        return await self._ask(call, **arguments)


def _json(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None

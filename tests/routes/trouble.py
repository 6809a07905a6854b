"""Slack in trouble: what it answers then, and methods that answer so."""

import asyncio
from urllib.parse import urlsplit

from playground.delivery.reply import Delivery, Reply
from playground.faults import Faults
from playground.response_urls import MOST_USES, ResponseUrls
from playground.web_api.call import Answer, Request

SLACK_SECONDS = 3.0  # that it waits for an answer
EXPIRED = Answer({"ok": False, "error": "expired_trigger_id"})
BUSY = Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "30"})
BROKEN = Answer({"ok": False, "error": "internal_error"}, 500)


class Unwell(Faults):
    """Every call of these methods ends with this answer; with none, it hangs until the bot has given up."""

    def __init__(self, answer: Answer | None, *methods: str) -> None:
        self._answer = answer
        self._methods = methods
        self._given_up = asyncio.Event()

    async def before_call(self, request: Request) -> Answer | None:
        if request.method not in self._methods:
            return None
        if self._answer is None:
            await self._given_up.wait()
        return self._answer or BROKEN

    async def after_delivery(self, delivery: Delivery, reply: Reply) -> Reply:
        self._given_up.set()
        return reply


class UsedUp(Faults):
    """What the bot says through the address of a press is refused."""

    def __init__(self, response_urls: ResponseUrls) -> None:
        self._response_urls = response_urls

    async def before_delivery(self, delivery: Delivery) -> Reply | None:
        if url := self._response_urls.find(urlsplit(delivery.payload.get("response_url", "")).path):
            url.uses = MOST_USES
        return None

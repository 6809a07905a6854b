"""Faults that somebody switches on by hand, to see what the bot and Slack make of them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playground.delivery.reply import Delivery, Reply
from playground.faults import Faults
from playground.types import Payload
from playground.web_api.call import Answer, Request

ACK_SECONDS = 3.0
BUSY_SECONDS = 5


@dataclass(frozen=True)
class Switch:
    name: str
    label: str
    about: str


SWITCHES = (
    Switch("late", "Bot answers too late", "It does its work, but Slack gives up after 3 seconds."),
    Switch("down", "Bot cannot be reached", "Nothing that people do arrives."),
    Switch("broken", "Bot answers with an error", "It does its work, then answers with status 500."),
    Switch("busy", "Slack is busy", "Each call is answered with 429 and “in 5 seconds”."),
    Switch("lost", "Slack's answers get lost", "Slack does what the bot asks; the bot hears an error."),
)


class Switches(Faults):
    """All off at first. `toggle` is what the page does."""

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._on: set[str] = set()
        self._sleep = sleep

    def set(self, name: str, *, on: bool) -> None:
        if name not in {one.name for one in SWITCHES}:
            raise ValueError(name)
        (self._on.add if on else self._on.discard)(name)

    def shown(self) -> list[Payload]:
        return [
            {"name": one.name, "label": one.label, "about": one.about, "on": one.name in self._on}
            for one in SWITCHES
        ]

    async def before_call(self, request: Request) -> Answer | None:
        if "busy" not in self._on:
            return None
        headers = {"Retry-After": str(BUSY_SECONDS)}
        return Answer({"ok": False, "error": "ratelimited"}, 429, headers)

    async def after_call(self, request: Request, answer: Answer) -> Answer:
        return Answer({"ok": False, "error": "internal_error"}, 500) if "lost" in self._on else answer

    async def before_delivery(self, delivery: Delivery) -> Reply | None:
        return Reply(problem="connection_failed") if "down" in self._on else None

    async def after_delivery(self, delivery: Delivery, reply: Reply) -> Reply:
        if "late" in self._on:
            await self._sleep(ACK_SECONDS)
            return Reply(problem="http_timeout")
        return Reply(problem="http_error") if "broken" in self._on else reply

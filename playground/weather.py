"""Seeded faults: the same seed, traffic and clock bring the same trouble, so that a failure can be seen again."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from playground.delivery.reply import Delivery, Reply
from playground.faults import Faults
from playground.types import Clock, Payload
from playground.web_api.call import Answer, Request

Trouble = Literal[
    # the method never runs
    "busy",  # 429, come back in a while
    "error",  # 500
    "reset_before",  # the connection dies before Slack has read the call
    # the method has run, and the app is not told
    "reset_after",
    "truncated",  # half of the answer arrives
    "internal_error",  # `ok: false`, although it was done
    "slow",  # the answer comes, when nobody waits for it any more
    # what was done is not shown yet
    "history_lag",
    # from Slack to the app
    "duplicate",  # an event arrives and is delivered once more
    "reorder",  # an event is overtaken by the next delivery
    "socket_drop",
    "ticket_refused",
]
NOT_DONE: tuple[Trouble, ...] = ("busy", "error", "reset_before")
DONE: tuple[Trouble, ...] = ("reset_after", "truncated", "internal_error", "slow", "history_lag")

RETRY_AFTER = 5  # seconds, as a 429 says
SLOW = 60.0  # seconds: longer than any client waits
LAG = 15.0  # seconds until history shows a message
HELD = 0.2  # real seconds an event waits to be overtaken


@dataclass(frozen=True)
class Spell:
    """A trouble, how likely it is each time, for which methods (none named: all), from when until when."""

    trouble: Trouble
    chance: float = 1.0
    methods: frozenset[str] = frozenset()
    since: float = 0.0
    until: float = float("inf")

    def covers(self, now: float, method: str) -> bool:
        return self.since <= now < self.until and (not self.methods or method in self.methods)


class Weather(Faults):
    """`brings(…)` adds a spell, `clears()` ends them all. `struck` counts what has happened so far."""

    def __init__(
        self, clock: Clock, *, seed: object = 0, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep  # how `slow` waits
        self._random = random.Random(str(seed))  # noqa: S311 - to be repeatable is the point
        self._spells: list[Spell] = []
        self._held: list[asyncio.Event] = []
        self.held_seconds = HELD
        self.struck: Counter[str] = Counter()

    def brings(
        self,
        trouble: Trouble,
        chance: float = 1.0,
        *,
        methods: Iterable[str] = (),
        since: float = 0.0,
        until: float = float("inf"),
    ) -> None:
        self._spells.append(Spell(trouble, chance, frozenset(methods), since, until))

    def clears(self) -> None:
        self._spells.clear()

    def _strikes(self, *troubles: Trouble, method: str = "") -> Trouble | None:
        now = self._clock()
        for spell in self._spells:
            if (
                spell.trouble in troubles
                and spell.covers(now, method)
                and self._random.random() < spell.chance
            ):
                self.struck[spell.trouble] += 1
                return spell.trouble
        return None

    # The app calls

    async def before_call(self, request: Request) -> Answer | None:
        match self._strikes(*NOT_DONE, method=request.method):
            case "busy":
                headers = {"Retry-After": str(RETRY_AFTER)}
                return Answer({"ok": False, "error": "ratelimited"}, 429, headers)
            case "error":
                return Answer({"ok": False, "error": "service_unavailable"}, 500)
            case "reset_before":
                return Answer({"ok": False}, cut="reset")
        return None

    async def after_call(self, request: Request, answer: Answer) -> Answer:
        if not answer.body.get("ok"):
            return answer
        match self._strikes(*DONE, method=request.method):
            case "reset_after":
                return replace(answer, cut="reset")
            case "truncated":
                return replace(answer, cut="truncated")
            case "internal_error":
                return Answer({"ok": False, "error": "internal_error"}, headers=answer.headers)
            case "slow":
                await self._sleep(SLOW)
            case "history_lag":
                return replace(answer, body=_as_before(answer.body, self._clock() - LAG))
        return answer

    # Slack delivers

    async def before_delivery(self, delivery: Delivery) -> Reply | None:
        if delivery.kind == "event" and self._strikes("reorder"):
            await self._overtaken()
        return None

    async def after_delivery(self, delivery: Delivery, reply: Reply) -> Reply:
        for held in self._held:
            held.set()
        first_event = delivery.kind == "event" and not delivery.attempt
        if first_event and reply.taken and self._strikes("duplicate"):
            return Reply(problem="http_timeout")  # Slack lost the answer, and so tries again
        return reply

    async def _overtaken(self) -> None:
        """By the next delivery; if none comes in a while, Slack is merely late."""
        passed = asyncio.Event()
        self._held.append(passed)
        try:
            await asyncio.wait_for(passed.wait(), self.held_seconds)
        except TimeoutError:
            pass
        finally:
            self._held.remove(passed)

    def drops_socket(self, delivery: Delivery) -> bool:
        return self._strikes("socket_drop") is not None

    def refuses_ticket(self) -> bool:
        return self._strikes("ticket_refused") is not None


def _as_before(body: Payload, moment: float) -> Payload:
    """A history that does not know yet what was said after that moment. Other answers stay as they are."""
    messages: list[Any] = body.get("messages", [])
    known = [one for one in messages if float(one["ts"]) <= moment]
    return {**body, "messages": known} if "messages" in body else body

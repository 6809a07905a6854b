"""What is handed to the app, and what came of it; the same over HTTP and Socket Mode."""

import json
from dataclasses import dataclass
from typing import Literal, Protocol

from playground.types import Payload

Kind = Literal["command", "interactive", "options", "event"]


@dataclass(frozen=True)
class Delivery:
    kind: Kind
    payload: Payload
    attempt: int = 0  # of an event; 1 is the first retry
    reason: str = ""  # why the try before this one failed


@dataclass(frozen=True)
class Reply:
    """`problem` is empty when the app took the delivery, else Slack's word for what went wrong."""

    problem: str = ""
    body: str = ""
    is_json: bool = False
    no_retry: bool = False

    @property
    def taken(self) -> bool:
        return not self.problem

    @property
    def timed_out(self) -> bool:
        return self.problem.endswith("timeout")

    def parsed(self) -> object:
        """The JSON in the body; ValueError when there is none."""
        if not self.is_json:
            raise ValueError("the answer is not JSON")
        return json.loads(self.body)


class Transport(Protocol):
    async def send(self, delivery: Delivery) -> Reply: ...

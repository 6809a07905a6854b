"""What reached people: pings that made their phone buzz, and the sentences Slack itself showed them."""

from dataclasses import dataclass, field
from typing import Literal

from playground.types import Payload

Place = Literal["composer", "modal", "control", "toast"]
Why = Literal["dm", "mention", "channel"]


@dataclass(frozen=True)
class Ping:
    """One notification. `text` is what stood in it: the message's plain text, never its blocks. `metadata` is the
    message's own, by which an app can count what it said.
    """

    at: float
    user_id: str
    channel_id: str
    ts: str
    text: str
    why: Why
    metadata: Payload | None = None


@dataclass(frozen=True)
class Notice:
    """A sentence of Slack's own, shown when something of the app's failed or was refused."""

    at: float
    user_id: str
    text: str
    place: Place


@dataclass
class Ledger:
    pings: list[Ping] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def pings_of(self, user_id: str) -> list[Ping]:
        return [ping for ping in self.pings if ping.user_id == user_id]

    def notices_of(self, user_id: str) -> list[Notice]:
        return [notice for notice in self.notices if notice.user_id == user_id]

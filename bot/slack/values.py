"""What goes into the gateway and comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody reads. `text` is all that notifications and screen readers show of it."""

    text: str
    blocks: Sequence[Block] = ()

    def check(self) -> None:
        """Raises where Slack would refuse a block, before anything is sent."""
        for block in self.blocks:
            block.validate_json()


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands. `channel` is the DM's own id (D…), as `update` needs it: no user id."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Room:
    """A channel as the bot sees it. `closed`: a private one. `shared`: people of another company read it, or will."""

    id: str
    name: str
    closed: bool
    archived: bool
    joined: bool
    shared: bool = False


@dataclass(frozen=True, slots=True)
class ShownView:
    """A view as Slack now has it. Handing `hash` back makes an update fail if somebody was faster."""

    id: str
    hash: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot that a token belongs to, what the token may do, and what the clock of Slack said."""

    workspace_id: str
    workspace_name: str
    bot_user_id: str
    bot_id: str
    url: str
    scopes: frozenset[str]
    server_time: datetime | None

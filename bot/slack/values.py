"""The values that the gateway takes and returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from slack_sdk.models.blocks import Block


@dataclass(frozen=True, slots=True)
class Message:
    """One message. Notifications and screen readers show only `text`."""

    text: str
    blocks: Sequence[Block] = ()

    def check(self) -> None:
        """Raises an error where Slack would refuse a block, before anything is sent."""
        for block in self.blocks:
            block.validate_json()


@dataclass(frozen=True, slots=True)
class Posted:
    """The place of a message. `channel` is the DM's own id (D…), which `update` needs; it is no user id."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Room:
    """A channel as the bot sees it. `closed`: it is private. `shared`: people of another company read it, or
    soon will. `postable`: Slack lets the bot post in it, as a member or by a scope.

    A private channel without the bot is hidden from it: such a channel has no name here.
    """

    id: str
    name: str
    closed: bool
    archived: bool
    postable: bool
    shared: bool = False

    @classmethod
    def hidden(cls, channel: str) -> Self:
        return cls(channel, "", closed=True, archived=False, postable=False)


@dataclass(frozen=True, slots=True)
class ShownView:
    """A view as Slack has it now. An update with its `hash` fails if somebody else was faster."""

    id: str
    hash: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot behind a token: its ids, its scopes, and the time on Slack's clock."""

    workspace_id: str
    workspace_name: str
    bot_user_id: str
    bot_id: str
    url: str
    scopes: frozenset[str]
    server_time: datetime | None

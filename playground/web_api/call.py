"""One Web API call: its arguments, whoever calls, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.content import Content, read_content
from playground.errors import SlackError, invalid_arguments, missing_argument
from playground.faults import Cut
from playground.ground import Ground
from playground.socket_mode import SocketMode
from playground.team import Team
from playground.types import Payload
from playground.workspace import Channel

TRUE = ("1", "true", "True")


@dataclass(frozen=True)
class Request:
    """A call at the front door, before anybody has looked at its token."""

    method: str
    args: Payload
    token: str


@dataclass(frozen=True)
class Answer:
    body: Payload
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: Cut = ""


@dataclass(frozen=True)
class Call:
    method: str
    args: Payload
    ground: Ground
    caller: Team | SocketMode | None  # a bot token, an app-level token, or none where none is needed

    @property
    def team(self) -> Team:
        if not isinstance(self.caller, Team):
            raise SlackError("not_allowed_token_type")
        return self.caller

    @property
    def now(self) -> float:
        return self.ground.clock()

    def text(self, name: str) -> str:
        """A required argument."""
        value = self.args.get(name)
        if value in (None, ""):
            raise missing_argument(name)
        return str(value)

    def maybe(self, name: str) -> str:
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        value = self.args.get(name, False)
        return value is True or str(value) in TRUE

    def number(self, name: str, default: int, *, most: int) -> int:
        """0 means the same as nothing given."""
        given = self.maybe(name)
        if given in ("", "0"):
            return default
        if not given.lstrip("-").isdigit():
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]")
        if not 0 < int(given) <= most:
            raise SlackError("invalid_limit")
        return int(given)

    def content(self) -> Content:
        return read_content(self.args)

    def demand(self, scope: str) -> None:
        """For methods whose scope depends on the kind of conversation."""
        if scope not in self.team.installed.scopes:
            raise missing_scope(scope, self.team.installed.scopes)

    def channel(self, name: str = "channel") -> Channel:
        """A conversation the bot may know of: private ones and DMs of others do not exist for it."""
        channel = self.team.workspace.channels.get(self.text(name))
        bot = self.team.installed.bot.id
        if channel is None or (channel.kind != "public_channel" and bot not in channel.members):
            raise SlackError("channel_not_found")
        return channel


def missing_scope(needed: str, granted: frozenset[str]) -> SlackError:
    return SlackError("missing_scope", needed=needed, provided=",".join(sorted(granted)))

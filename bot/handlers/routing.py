"""Slack's payloads reach our handlers through one Bolt listener per kind of payload and a look-up in a table.

Bolt tries its listeners one after the other (about 8 µs each), so capabilities register rows, not listeners. A handler
gets a `Call` and returns what Slack should hear; Slack is acknowledged only after the handler has returned and its
transaction is committed.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.views import View

from bot.context import Bot
from bot.slack import Message


@dataclass(frozen=True, slots=True)
class Call:
    """One request of one person. `key` is the same if Slack delivers it again.

    The key of a form covers its hash, which changes with each update, and its values: a person who corrects a word and
    submits again, because our answer got lost, means the correction.
    """

    kind: str
    name: str
    key: str
    team_id: str
    user_id: str
    trigger_id: str = ""
    response_url: str = ""
    text: str = ""
    value: str = ""
    view: Mapping[str, Any] = field(default_factory=dict)
    event: Mapping[str, Any] = field(default_factory=dict)
    channel_id: str = ""
    message_ts: str = ""
    block_id: str = ""
    message_author: str = ""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Errors:
    """The modal stays open with a sentence under each field, by block_id."""

    by_field: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Window:
    """The window is shown by `windows.show`: it replaces a submitted form, opens on top of the window whose button was
    pressed, or opens by itself. With `in_place` it replaces the window whose button was pressed.
    """

    view: View
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """A form that is out of date is shown again with current data and a sentence on top that says what changed. Slack
    keeps what was typed in fields that are still there.
    """

    form: View
    sentence: str


@dataclass(frozen=True, slots=True)
class HomeChanged:
    """Home shows what was saved and is brought up to date; the person sees `then`."""

    then: "Window | Message | None" = None


@dataclass(frozen=True, slots=True)
class Choices:
    """A menu that loads its choices from us shows these: value to label, in this order."""

    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """Slack gets an error status: it delivers an event again, and shows a warning sign at a button."""

    status: int


@dataclass(frozen=True, slots=True)
class Outdated:
    """A window below the one that was used is out of date. `window` is its callback id; its capability
    builds it again (`Routes.windows`) from `value`. The person sees `then`.
    """

    window: str
    view_id: str
    value: str
    then: "Window | None" = None


Reply = Message | Errors | Window | Again | HomeChanged | Outdated | Choices | Unacknowledged | None
Handler = Callable[[Bot, Call], Awaitable[Reply]]
Builder = Callable[[Bot, Call, str], Awaitable[View]]
"""A capability builds its window again for the person who calls, from the value that an `Outdated` carries."""


@dataclass(frozen=True, slots=True)
class Routes:
    """A capability answers to these ids that Slack sends."""

    commands: Mapping[str, Handler] = field(default_factory=dict)
    shortcuts: Mapping[str, Handler] = field(default_factory=dict)
    actions: Mapping[str, Handler] = field(default_factory=dict)
    submissions: Mapping[str, Handler] = field(default_factory=dict)
    suggestions: Mapping[str, Handler] = field(default_factory=dict)
    events: Mapping[str, Handler] = field(default_factory=dict)
    windows: Mapping[str, Builder] = field(default_factory=dict)

    def find(self, call: Call) -> Handler | None:
        return self._table(call.kind).get(call.name)

    def _table(self, kind: str) -> Mapping[str, Handler]:
        return {
            "command": self.commands,
            "shortcut": self.shortcuts,
            "action": self.actions,
            "submission": self.submissions,
            "suggestion": self.suggestions,
            "event": self.events,
        }[kind]


def merged(*routes: Routes) -> Routes:
    """All capabilities share one table. Two answers to the same id are a mistake, found at start."""
    kinds = ("commands", "shortcuts", "actions", "submissions", "suggestions", "events", "windows")
    tables: dict[str, dict[str, Any]] = {kind: {} for kind in kinds}
    for one in routes:
        for kind, table in tables.items():
            for name, handler in getattr(one, kind).items():
                if name in table:
                    raise ValueError(f"two handlers answer to {name}")
                table[name] = handler
    return Routes(**tables)

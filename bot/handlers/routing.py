"""From Slack's payloads to our handlers: one Bolt listener per kind of payload, then a look-up in a table.

Bolt tries its listeners one after the other (about 8 µs each), so capabilities register rows, not listeners.
A handler gets a `Call` and returns what Slack should hear; it is acknowledged only after the handler, and with
it the transaction, is through.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.views import View

from bot.context import Bot
from bot.slack import Message


@dataclass(frozen=True, slots=True)
class Call:
    """One request of one person, as far as handlers care. `key` is the same if Slack delivers it again.

    The key of a form has its hash in it, which changes with each update, and what was typed: who corrects a word and
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
    message_author: str = ""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Errors:
    """Keeps the modal open with a sentence under each field (by block_id)."""

    by_field: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Window:
    """A window, shown where it belongs (`windows.show`): in place of a submitted form, else on top of the window
    whose button was pressed, else by itself. `in_place`: instead of the window whose button was pressed.
    """

    view: View
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """A form that is out of date, once more as things stand now, with a sentence on top that says what changed. What
    was typed stays where its field is still there.
    """

    form: View
    sentence: str


@dataclass(frozen=True, slots=True)
class HomeChanged:
    """What was saved shows on Home, which is brought up to date; the person sees `then`."""

    then: "Window | Message | None" = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a menu that asks us has to offer: value → label, in that order."""

    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """No acknowledgement: Slack delivers an event again, and shows a sign of its own at a button."""

    status: int


@dataclass(frozen=True, slots=True)
class Outdated:
    """A window of another capability, below the one that was used, no longer shows what is true. `window` is its
    callback id; that capability builds it anew (`Routes.windows`) from `value`. The person sees `then`.
    """

    window: str
    view_id: str
    value: str
    then: "Window | None" = None


Reply = Message | Errors | Window | Again | HomeChanged | Outdated | Choices | Unacknowledged | None
Handler = Callable[[Bot, Call], Awaitable[Reply]]
Builder = Callable[[Bot, Call, str], Awaitable[View]]
"""Builds a window anew for the person who calls, from the value that an `Outdated` carries."""


@dataclass(frozen=True, slots=True)
class Routes:
    """What a capability answers to, by the ids Slack sends."""

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
    """One table of all capabilities. Two answering to the same id is a mistake, found at start."""
    kinds = ("commands", "shortcuts", "actions", "submissions", "suggestions", "events", "windows")
    tables: dict[str, dict[str, Any]] = {kind: {} for kind in kinds}
    for one in routes:
        for kind, table in tables.items():
            for name, handler in getattr(one, kind).items():
                if name in table:
                    raise ValueError(f"two handlers answer to {name}")
                table[name] = handler
    return Routes(**tables)

"""Modals and Home tabs: the stack of each person, hashes, external ids, and the size Slack accepts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.app import Installed
from playground.blockkit import Problem, check_view, with_defaults
from playground.errors import SlackError, invalid_arguments, invalid_view
from playground.form_state import Values, carried_over, initial_values
from playground.types import Clock, Payload

DEEPEST = 3
LARGEST = 250 * 1024


@dataclass
class View:
    id: str
    user_id: str
    content: Payload  # as the app sent it, with the defaults filled in
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict)
    is_open: bool = True

    @property
    def type(self) -> str:
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Payload]:
        blocks: list[Payload] = self.content["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id", ""))


class Views:
    def __init__(self, installed: Installed, clock: Clock) -> None:
        self._installed = installed
        self._ids = installed.workspace.ids
        self._clock = clock
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack_of(self, user_id: str) -> list[View]:
        """Bottom first; what the person reads is the last."""
        return self._stacks.setdefault(user_id, [])

    def top(self, user_id: str) -> View | None:
        stack = self.stack_of(user_id)
        return stack[-1] if stack else None

    def home_of(self, user_id: str) -> View | None:
        return self._homes.get(user_id)

    def get(self, view_id: str) -> View | None:
        return self._views.get(view_id)

    @property
    def stacks(self) -> Mapping[str, list[View]]:
        return self._stacks

    @property
    def homes(self) -> dict[str, View]:
        return self._homes

    def restore(self, stacks: Mapping[str, list[View]], homes: dict[str, View]) -> None:
        """As they were before the playground ended."""
        self._stacks, self._homes = dict(stacks), homes
        self._views = {view.id: view for view in self._live()}

    # What the app does

    def open(self, user_id: str, content: Any) -> View:
        checked = self._checked(content, "modal")
        self.clear(user_id)  # one modal at a time: a new one takes the place of the old
        return self._put_on(user_id, checked)

    def push(self, user_id: str, content: Any) -> View:
        checked = self._checked(content, "modal")
        stack = self.stack_of(user_id)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= DEEPEST:
            raise SlackError("push_limit_reached")
        return self._put_on(user_id, checked)

    def update(self, view: View, content: Any, expected_hash: str = "") -> View:
        """Values that people have typed stay where block_id and action_id stay."""
        checked = self._checked(content, view.type, replacing=view)
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        view.content, view.hash = checked, self._new_hash()
        view.values = carried_over(view.values, view.blocks)
        return view

    def find(self, view_id: str, external_id: str) -> View:
        if view_id and external_id:
            raise invalid_arguments("Cannot provide both `view_id` and `external_id`")
        live = self._live()
        found = next((one for one in live if one.id == view_id or external_id == one.external_id != ""), None)
        if found is None:
            raise SlackError("not_found")
        return found

    def publish(self, user_id: str, content: Any, expected_hash: str = "") -> View:
        home = self._homes.get(user_id)
        if home:
            return self.update(home, content, expected_hash)
        home = self._new(user_id, self._checked(content, "home"))
        self._homes[user_id] = home
        return home

    # What the person does

    def close(self, view: View) -> None:
        """Takes this view off; those above it go with it. One with `clear_on_close` takes all of them."""
        stack = self.stack_of(view.user_id)
        if view in stack:
            place = 0 if view.content.get("clear_on_close") else stack.index(view)
            for one in stack[place:]:
                one.is_open = False
            del stack[place:]

    def clear(self, user_id: str) -> None:
        for view in self.stack_of(user_id):
            view.is_open = False
        self._stacks[user_id] = []

    # What Slack adds

    def as_slack(self, view: View, *, with_values: bool = True) -> Payload:
        content, modal = view.content, view.type == "modal"
        shown: Payload = {
            "id": view.id,
            "team_id": self._installed.workspace.team_id,
            "type": view.type,
            "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata", ""),
            "callback_id": content.get("callback_id", ""),
            "external_id": view.external_id,
            "state": {"values": view.values if with_values else {}},
            "hash": view.hash,
            "title": content.get("title") if modal else _no_title(),
            "close": content.get("close"),
            "submit": content.get("submit"),
            "clear_on_close": content.get("clear_on_close", False),
            "notify_on_close": content.get("notify_on_close", False),
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
        }
        installed = self._installed
        return shown | {
            "app_id": installed.app.app_id,
            "app_installed_team_id": installed.workspace.team_id,
            "bot_id": installed.bot_id,
        }

    def _put_on(self, user_id: str, content: Payload) -> View:
        stack = self.stack_of(user_id)
        view = self._new(user_id, content)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def _new(self, user_id: str, content: Payload) -> View:
        view_id = self._ids.new("V")
        view = View(view_id, user_id, content, self._new_hash(), root_id=view_id)
        view.values = initial_values(view.blocks)
        self._views[view_id] = view
        return view

    def _new_hash(self) -> str:
        return f"{int(self._clock())}.{self._ids.hex(8)}"

    def _live(self) -> list[View]:
        return [view for stack in self._stacks.values() for view in stack] + list(self._homes.values())

    def _checked(self, content: Any, kind: str, replacing: View | None = None) -> Payload:
        if problems := check_view(content):
            raise invalid_view(problems)
        if content["type"] != kind:
            raise invalid_view([Problem("/view/type", f"must be `{kind}` here", "failed_constraint")])
        if len(json.dumps(content).encode()) > LARGEST:
            raise SlackError("view_too_large")
        external_id = content.get("external_id", "")
        if external_id and any(
            one.external_id == external_id and one is not replacing for one in self._live()
        ):
            raise SlackError("duplicate_external_id")
        return {**content, "blocks": with_defaults(content["blocks"])}


def _no_title() -> Payload:
    """Slack sends this placeholder for Home tabs, which have no title."""
    return {"type": "plain_text", "text": "View Title", "emoji": True}

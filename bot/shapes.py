"""These models describe Slack's payloads as far as Bolt and our handlers read them. `bot.payload` checks against them.

Bolt fails with an exception on any other shape. Slack sends none, and new fields from Slack are let through.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """Values are checked and never converted."""

    model_config = ConfigDict(strict=True)


class Named(Shape):
    id: str


class User(Named):
    team_id: str | None = None


class State(Shape):
    values: dict[str, dict[str, dict[str, Any]]] = {}


class View(Named):
    type: str
    callback_id: str = ""
    private_metadata: str = ""
    hash: str = ""
    blocks: list[dict[str, Any]] = []
    state: State | None = None
    app_installed_team_id: str | None = None


class Action(Shape):
    action_id: str
    block_id: str = ""
    action_ts: str = ""
    value: str | None = None
    selected_option: dict[str, Any] | None = None


class Interaction(Shape):
    user: User
    team: Named | None = None
    enterprise: Named | None = None
    channel: Named | None = None
    container: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    view: View | None = None
    trigger_id: str | None = None
    response_url: str | None = None
    response_urls: list[dict[str, Any]] = []


class BlockActions(Interaction):
    type: Literal["block_actions"]
    actions: list[Action] = Field(min_length=1)


class BlockSuggestion(Interaction):
    type: Literal["block_suggestion"]
    action_id: str
    block_id: str
    value: str


class ViewEvent(Interaction):
    type: Literal["view_submission", "view_closed"]
    view: View


class Shortcut(Interaction):
    type: Literal["shortcut", "message_action"]
    callback_id: str


class Command(Shape):
    command: str
    team_id: str
    user_id: str
    trigger_id: str


class Event(Shape):
    type: str
    channel: str | dict[str, Any] | None = None
    user: str | dict[str, Any] | None = None


class EventCallback(Shape):
    type: Literal["event_callback"]
    team_id: str
    event_id: str
    event: Event
    authorizations: list[dict[str, Any]] | None = None


class UrlVerification(Shape):
    type: Literal["url_verification"]
    challenge: str


class RateLimited(Shape):
    type: Literal["app_rate_limited"]


KINDS: Mapping[str, type[Shape]] = {
    "app_rate_limited": RateLimited,
    "block_actions": BlockActions,
    "block_suggestion": BlockSuggestion,
    "event_callback": EventCallback,
    "message_action": Shortcut,
    "shortcut": Shortcut,
    "url_verification": UrlVerification,
    "view_closed": ViewEvent,
    "view_submission": ViewEvent,
}


def kind_of(payload: Mapping[str, Any]) -> str:
    """The kind is `command`, Slack's own word for it, or `other` for an unknown word. It can be a metric's label."""
    if "command" in payload:
        return "command"
    kind = payload.get("type")
    return kind if isinstance(kind, str) and kind in KINDS else "other"


def check(payload: Mapping[str, Any]) -> None:
    """Raises `ValueError` on a shape that Slack does not send."""
    shape = Command if "command" in payload else KINDS.get(str(payload.get("type")))
    if shape is None:
        raise ValueError("no kind of payload we know")
    shape.model_validate(payload)

"""The app's manifest as Slack reads it: what it does not declare is neither delivered nor allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from playground.types import Payload


@dataclass(frozen=True)
class Command:
    name: str  # with its slash
    description: str
    usage_hint: str = ""
    should_escape: bool = False
    url: str = ""


@dataclass(frozen=True)
class Shortcut:
    callback_id: str
    name: str
    kind: Literal["global", "message"]
    description: str = ""


@dataclass(frozen=True)
class AppManifest:
    name: str
    bot_name: str
    commands: Mapping[str, Command]
    shortcuts: Mapping[str, Shortcut]
    scopes: frozenset[str]
    events: frozenset[str]
    home_tab: bool = False
    messages_tab: bool = True  # Slack's default for an app that says nothing
    messages_tab_read_only: bool = False
    interactivity: bool = False
    socket_mode: bool = False
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""

    @classmethod
    def read(cls, path: Path) -> "AppManifest":
        return cls.parse(yaml.safe_load(path.read_text(encoding="utf-8")))

    @classmethod
    def parse(cls, document: Payload) -> "AppManifest":
        features, settings = _part(document, "features"), _part(document, "settings")
        name = document["display_information"]["name"]
        home = _part(features, "app_home")
        interactivity, events = _part(settings, "interactivity"), _part(settings, "event_subscriptions")
        return cls(
            name=name,
            bot_name=_part(features, "bot_user").get("display_name", name),
            commands={entry["command"]: _command(entry) for entry in features.get("slash_commands", [])},
            shortcuts={entry["callback_id"]: _shortcut(entry) for entry in features.get("shortcuts", [])},
            scopes=frozenset(_part(_part(document, "oauth_config"), "scopes").get("bot", [])),
            events=frozenset(events.get("bot_events", [])),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", True),
            messages_tab_read_only=home.get("messages_tab_read_only_enabled", False),
            interactivity=interactivity.get("is_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
            events_url=events.get("request_url", ""),
            interactivity_url=interactivity.get("request_url", ""),
            options_url=interactivity.get("message_menu_options_url", ""),
        )


def _part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return of.get(name) or {}


def _command(entry: Payload) -> Command:
    return Command(
        name=entry["command"],
        description=entry["description"],
        usage_hint=entry.get("usage_hint", ""),
        should_escape=entry.get("should_escape", False),
        url=entry.get("url", ""),
    )


def _shortcut(entry: Payload) -> Shortcut:
    return Shortcut(
        callback_id=entry["callback_id"],
        name=entry["name"],
        kind=entry["type"],
        description=entry.get("description", ""),
    )

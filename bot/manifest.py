"""The Slack app manifest is `app.yaml` with a prefix before the commands and the bot's address filled in."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.errors import Invalid
from bot.spelling import slash

FILE = Path(__file__).resolve().parents[1] / "app.yaml"
_is_prefix = re.compile(r"[a-z0-9_-]*").fullmatch
MAX_COMMAND = 32  # Slack's limit, slash included


def load() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return manifest


def written(*, prefix: str = "", url: str | None = None) -> str:
    """The text is ready to be pasted into Slack. Without a URL it sets up Socket Mode."""
    manifest = load()
    for command in manifest["features"]["slash_commands"]:
        command["command"] = prefixed(command["command"], prefix)
    if url is not None:
        _point_to(manifest, _address(url))
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)


def prefixed(command: str, prefix: str) -> str:
    """With the prefix "acme", /checkin becomes /acme-checkin."""
    if not _is_prefix(prefix):
        raise Invalid("A prefix is made of small letters, digits, - and _. Choose one like acme.")
    name = slash(prefix) + command.removeprefix("/")
    if len(name) > MAX_COMMAND:
        raise Invalid(
            f"{name} is longer than the {MAX_COMMAND} characters Slack allows. Choose a shorter prefix."
        )
    return name


def _point_to(manifest: dict[str, Any], address: str) -> None:
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    settings = manifest["settings"]
    settings["event_subscriptions"] = {"request_url": address, **settings["event_subscriptions"]}
    settings["interactivity"] |= {"request_url": address, "message_menu_options_url": address}
    settings["socket_mode_enabled"] = False


def _address(url: str) -> str:
    if not url.startswith("https://"):
        raise Invalid("Slack delivers to https addresses only. Write --url https://your.host")
    return url.rstrip("/").removesuffix("/slack/events") + "/slack/events"

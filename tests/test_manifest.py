"""app.yaml and the code name the same commands, shortcuts, events and scopes, and Slack would accept the file."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from bot import manifest
from bot.capabilities import house
from bot.config import CHECKOUT
from bot.errors import Invalid
from bot.slack import EVENT_SCOPES, FIELD_SCOPES, METHOD_SCOPES

SCHEMA = CHECKOUT.parent / "shared" / "slack-manifest.schema.json"  # Slack's; not part of this project
APP = manifest.load()
BOT = APP["features"]


def written(**options: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(manifest.written(**options))
    return loaded


def test_every_command_has_code_and_the_reverse() -> None:
    assert {command["command"] for command in BOT["slash_commands"]} == {
        f"/{word}" for word in house().front.routes.commands
    }


def test_every_shortcut_has_code_and_the_reverse() -> None:
    assert {shortcut["callback_id"] for shortcut in BOT["shortcuts"]} == set(house().front.routes.shortcuts)


def test_every_event_has_code_and_the_reverse() -> None:
    """Slack calls each `message.im` a `message`."""
    subscribed = APP["settings"]["event_subscriptions"]["bot_events"]
    assert {name.partition(".")[0] for name in subscribed} == set(house().front.routes.events)


def test_every_scope_is_used_and_the_reverse() -> None:
    tables = (METHOD_SCOPES, FIELD_SCOPES, EVENT_SCOPES)
    used = {scope for table in tables for scope in table.values() if scope}
    commands = {"commands"} if house().front.routes.commands else set()
    assert set(APP["oauth_config"]["scopes"]["bot"]) == used | commands


def test_events_that_need_a_scope_are_listened_to() -> None:
    assert set(EVENT_SCOPES) <= set(house().front.routes.events)


def test_what_the_code_listens_to_is_switched_on() -> None:
    assert BOT["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,  # without it Slack refuses to open a DM
        "messages_tab_read_only_enabled": False,  # commands are typed there
    }
    assert APP["settings"]["interactivity"]["is_enabled"] is True


@pytest.mark.parametrize("command", BOT["slash_commands"], ids=lambda command: command["command"])
def test_commands_hand_over_mentions_as_ids_and_say_what_to_type(command: dict[str, Any]) -> None:
    assert command["should_escape"] is True
    assert 2 <= len(command["command"]) <= 32
    assert command["usage_hint"]
    assert command["description"]


def test_it_reads_well_where_slack_shows_it() -> None:
    shown = APP["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert all(len(shortcut["name"]) <= 24 for shortcut in BOT["shortcuts"])


@pytest.mark.parametrize(
    "options", [{}, {"prefix": "acme"}, {"prefix": "acme", "url": "https://bot.example.com"}]
)
@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema lies beside the checkout only where we build")
def test_slacks_own_schema_accepts_it(options: dict[str, str]) -> None:
    jsonschema.validate(written(**options), json.loads(SCHEMA.read_text("utf-8")))


def test_without_an_address_it_asks_for_socket_mode() -> None:
    app = written()
    assert app["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(app)


@pytest.mark.parametrize(
    "url", ["https://bot.example.com", "https://bot.example.com/", "https://bot.example.com/slack/events"]
)
def test_an_address_is_filled_in_wherever_slack_delivers(url: str) -> None:
    app = written(url=url)
    address = "https://bot.example.com/slack/events"
    assert {command["url"] for command in app["features"]["slash_commands"]} == {address}
    assert app["settings"]["event_subscriptions"]["request_url"] == address
    assert app["settings"]["interactivity"]["request_url"] == address
    assert app["settings"]["socket_mode_enabled"] is False


def test_a_prefix_goes_before_every_command() -> None:
    names = [command["command"] for command in written(prefix="acme")["features"]["slash_commands"]]
    assert names == [f"/acme-{command['command'][1:]}" for command in BOT["slash_commands"]]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"url": "http://bot.example.com"}, "https"),
        ({"prefix": "x" * 30}, "shorter prefix"),
        ({"prefix": "Not this"}, "small letters"),
    ],
)
def test_what_slack_would_refuse_is_refused_first(options: dict[str, str], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        manifest.written(**options)

"""Whatever an app sends, the Web API answers as Slack does: never with a crash of its own."""

import itertools
from typing import Any

import pytest

from playground.web_api.call import Request
from playground.web_api.door import Door
from playground.web_api.methods import METHODS
from tests.playground.office import Office
from tests.playground.windows import modal

ODD: list[Any] = [
    *(None, True, 0, -1, 10**30, 1.5, "", "0", "-1", "x", "\x00", "é" * 300, "[]", "{}", "[{}]", "[" * 9000),
    *("1.000000", "next:1", "bmV4dDox", "U1,,U2", "<@U1>"),
    *(
        [],
        {},
        [[]],
        [{}],
        [{"id": []}],
        [None],
        {"type": []},
        {"type": "modal"},
        {"type": "home", "blocks": []},
    ),
    *([{"type": "section"}], [{"type": "input"}], {"event_type": "a", "event_payload": []}),
]
OPTIONAL = ["attachments", "blocks", "cursor", "external_id", "hash", "latest", "limit", "markdown_text"]
OPTIONAL += ["message", "metadata", "oldest", "thread_ts", "types", "view_id"]


async def sensible(office: Office) -> dict[str, Any]:
    """Arguments with which most methods say yes."""
    office.team.limits.enabled = False
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    begun = await office.client.files_getUploadURLExternal(filename="a.csv", length=3)
    return {
        "channel": posted["channel"],
        "channel_id": posted["channel"],
        "email": office.ana.email,
        "filename": "a.csv",
        "files": [{"id": begun["file_id"], "title": "a"}],
        "length": 3,
        "message_ts": posted["ts"],
        "name": "tada",
        "text": "Hi",
        "timestamp": posted["ts"],
        "ts": posted["ts"],
        "user": office.ana.id,
        "user_id": office.ana.id,
        "users": office.ana.id,
        "view": modal(),
    }


NAMES = [*OPTIONAL, "channel", "channel_id", "email", "filename", "files", "length", "message_ts", "name"]
NAMES += ["text", "timestamp", "trigger_id", "ts", "user", "user_id", "usergroup", "users", "view"]


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_one_odd_argument_among_good_ones_is_answered(office: Office, method: str) -> None:
    good, door = await sensible(office), Door(office.slack.ground, office.slack)
    token = office.app.app_token if METHODS[method].caller == "app" else office.installed.token
    for name, odd in itertools.product(NAMES, ODD):
        trigger = office.team.triggers.issue(office.ana.id)
        args = {**good, "trigger_id": trigger.id, name: odd}
        answer = await door.answer(Request(method, args, token))
        assert answer.body["ok"] is True or answer.body["error"], (name, odd)

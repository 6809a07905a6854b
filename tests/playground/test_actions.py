"""Buttons and menus in messages and views, and the addresses they may be answered through."""

import copy
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.form_state import NoSuchElement
from playground.workspace import Message
from tests.playground.office import MANIFEST, Office
from tests.playground.windows import HOME, modal, opened, question, text

CHOICE = {"text": text("Good"), "value": "good"}
BLOCKS: list[dict[str, Any]] = [
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {"type": "button", "action_id": "open", "text": text("Open"), "value": "c1", "style": "primary"},
            {"type": "static_select", "action_id": "mood", "options": [CHOICE]},
            {"type": "external_select", "action_id": "whom"},
            {"type": "overflow", "action_id": "more", "options": [CHOICE]},
        ],
    }
]


@asynccontextmanager
async def listening_app(office: Office, answer: Response | None = None) -> AsyncIterator[list[Any]]:
    payloads: list[Any] = []

    async def app(request: Request) -> Response:
        payloads.append(json.loads(parse_qs((await request.body()).decode())["payload"][0]))
        return answer or Response()

    async with office.answered_by(app):
        yield payloads


async def posted(office: Office) -> Message:
    answer = await office.client.chat_postMessage(channel=office.ana.id, text="Pick", blocks=BLOCKS)
    return office.dm_of(office.ana).messages[answer["ts"]]


async def press(office: Office, target: Any, action_id: str = "open", choice: Any = None) -> Any:
    return await office.slack.press(office.team_id, office.ana.id, target, "row", action_id, choice)


async def answer(url: str, **body: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, await response.text()


async def test_a_pressed_button_says_who_what_and_where(office: Office) -> None:
    message = await posted(office)
    async with listening_app(office) as payloads:
        await press(office, message)
    (payload,) = payloads
    assert payload["actions"][0] | {"action_ts": ""} == {
        "type": "button",
        "block_id": "row",
        "action_id": "open",
        "text": {**text("Open"), "emoji": True},
        "value": "c1",
        "style": "primary",
        "action_ts": "",
    }
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": False,
    }
    assert payload["channel"]["name"] == "directmessage"
    assert payload["message"]["text"] == "Pick" and payload["team"]["domain"] == "example"
    assert set(payload["state"]["values"]["row"]) == {"mood", "whom"}


async def test_a_choice_is_reported_and_remembered(office: Office) -> None:
    message = await posted(office)
    async with listening_app(office) as payloads:
        await press(office, message, "mood", "good")
        await press(office, message, "more", "good")
    assert payloads[0]["actions"][0]["selected_option"]["value"] == "good"
    assert payloads[1]["actions"][0]["selected_option"]["value"] == "good"
    assert payloads[1]["state"]["values"]["row"]["mood"]["selected_option"]["value"] == "good"


async def test_a_person_cannot_choose_what_is_not_offered(office: Office) -> None:
    message = await posted(office)
    with pytest.raises(NoSuchElement):
        await press(office, message, "mood", "bad")
    with pytest.raises(NoSuchElement):
        await press(office, message, "no_such_button")


async def test_a_button_on_a_replaced_message_can_still_be_pressed(office: Office) -> None:
    message = await posted(office)
    seen = copy.copy(message)
    await office.client.chat_update(channel=message.channel_id, ts=message.ts, text="Done", blocks=[])
    async with listening_app(office) as payloads:
        await press(office, seen)
    assert payloads[0]["actions"][0]["value"] == "c1"


async def test_a_press_in_a_view_carries_the_typed_state_and_no_response_url(office: Office) -> None:
    view = await opened(office, modal(question("words"), *BLOCKS))
    office.slack.fill(office.team_id, office.ana.id, view, {"words": {"value": "Half a sen"}})
    async with listening_app(office) as payloads:
        await press(office, view)
    (payload,) = payloads
    assert payload["view"]["state"]["values"]["words"]["value"]["value"] == "Half a sen"
    assert payload["container"] == {"type": "view", "view_id": view.id}
    assert not {"response_url", "message", "channel"} & set(payload)


async def test_a_button_that_fails_shows_it_at_the_control(office: Office) -> None:
    message = await posted(office)
    async with listening_app(office, Response(status_code=500)):
        outcome = await press(office, message)
    (notice,) = office.workspace.ledger.notices_of(office.ana.id)
    assert outcome.notice == notice.text and notice.place == "control"


async def test_an_app_without_interactivity_gets_no_presses(another_office: Any) -> None:
    settings = {**MANIFEST["settings"], "interactivity": {"is_enabled": False}}
    still = another_office(name="Still", manifest={**MANIFEST, "settings": settings})
    message = await posted(still)
    async with listening_app(still) as payloads:
        assert (await press(still, message)).notice
    assert payloads == []


async def test_a_menu_asks_the_app_after_three_letters(office: Office) -> None:
    message = await posted(office)
    async with listening_app(office, JSONResponse({"options": [CHOICE]})) as payloads:
        early = await office.slack.suggest(office.team_id, office.ana.id, message, "row", "whom", "be")
        found = await office.slack.suggest(office.team_id, office.ana.id, message, "row", "whom", "ben")
    assert early.options == [] and found.options == [CHOICE]
    assert [one["value"] for one in payloads] == ["ben"]
    assert payloads[0]["type"] == "block_suggestion" and "trigger_id" not in payloads[0]


@pytest.mark.parametrize(
    "reply",
    [
        {"options": [CHOICE] * 101},
        {"options": [], "option_groups": []},
        {"choices": []},
        ["good"],
    ],
)
async def test_options_slack_cannot_read_show_no_results(office: Office, reply: Any) -> None:
    message = await posted(office)
    async with listening_app(office, JSONResponse(reply)):
        outcome = await office.slack.suggest(office.team_id, office.ana.id, message, "row", "whom", "ben")
    assert outcome.notice == "No results"


async def test_a_response_url_works_five_times(office: Office) -> None:
    message = await posted(office)
    async with listening_app(office) as payloads:
        await press(office, message)
    url = payloads[0]["response_url"]
    for _ in range(5):
        assert await answer(url, text="Psst") == (200, "ok")
    assert await answer(url, text="Psst") == (404, "used_url")
    assert len(office.workspace.ephemerals_of(office.ana.id)) == 5


async def test_a_response_url_works_for_thirty_minutes(office: Office) -> None:
    message = await posted(office)
    async with listening_app(office) as payloads:
        await press(office, message)
    office.clock.now += 30 * 60 + 1
    assert await answer(payloads[0]["response_url"], text="Late") == (404, "expired_url")


async def test_a_response_url_replaces_and_deletes_its_message(office: Office) -> None:
    message = await posted(office)
    async with listening_app(office) as payloads:
        await press(office, message)
    url = payloads[0]["response_url"]
    await answer(url, replace_original=True, text="Done")
    assert (message.text, message.blocks) == ("Done", [])
    await answer(url, delete_original=True)
    assert office.dm_of(office.ana).messages == {}


async def test_an_ephemeral_message_stays_ephemeral_when_replaced(office: Office) -> None:
    office.general.members.append(office.installed.bot.id)
    where: dict[str, Any] = {"channel": office.general.id, "user": office.ana.id}
    await office.client.chat_postEphemeral(**where, text="Pick", blocks=BLOCKS)
    (message,) = office.workspace.ephemerals_of(office.ana.id)
    async with listening_app(office) as payloads:
        await press(office, message)
    assert payloads[0]["container"]["is_ephemeral"] and "message" not in payloads[0]
    await answer(payloads[0]["response_url"], replace_original=True, response_type="in_channel", text="Done")
    assert office.general.messages == {}
    assert [one.text for one in office.workspace.ephemerals_of(office.ana.id)] == ["Done"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "no_text"),
        ({"text": "Hi", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
    ],
)
async def test_a_response_url_refuses_what_cannot_be_shown(
    office: Office, body: dict[str, Any], reason: str
) -> None:
    message = await posted(office)
    async with listening_app(office) as payloads:
        await press(office, message)
    assert await answer(payloads[0]["response_url"], **body) == (400, reason)


async def test_a_commands_own_line_cannot_be_replaced(office: Office) -> None:
    seen: list[str] = []

    @office.bolt.command("/parrot")
    async def remember(ack: Any, body: Any) -> None:
        seen.append(body["response_url"])
        await ack()

    async with office.over_http():
        await office.command()
    assert await answer(seen[0], replace_original=True, text="Mine") == (400, "no_original_message")
    assert await answer(f"{seen[0]}x", text="Hi") == (404, "no_such_url")


async def test_a_global_shortcut_opens_a_form(office: Office) -> None:
    @office.bolt.shortcut("repeat")
    async def open_form(ack: Any, client: Any, body: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    async with office.over_http():
        outcome = await office.slack.shortcut(office.team_id, office.ana.id, "repeat")
    assert outcome.view and outcome.view.user_id == office.ana.id


async def test_a_message_shortcut_hands_over_the_message(office: Office) -> None:
    dm = office.dm_of(office.ana)
    said = await office.slack.say(office.team_id, office.ana.id, dm.id, "Nice work")
    async with listening_app(office) as payloads:
        await office.slack.message_shortcut(office.team_id, office.ana.id, "quote", said.messages[0])
    assert payloads[-1]["type"] == "message_action"
    assert payloads[-1]["message"]["text"] == "Nice work" and payloads[-1]["response_url"]


async def test_a_shortcut_that_is_not_in_the_manifest_is_not_on_the_menu(office: Office) -> None:
    async with listening_app(office) as payloads:
        outcome = await office.slack.shortcut(office.team_id, office.ana.id, "quote")
    assert outcome.notice and payloads == []


async def test_home_buttons_work_without_any_message(office: Office) -> None:
    await office.client.views_publish(user_id=office.ana.id, view={**HOME, "blocks": BLOCKS})
    home = office.team.views.home_of(office.ana.id)
    async with listening_app(office) as payloads:
        await press(office, home)
    assert payloads[0]["view"]["type"] == "home" and "channel" not in payloads[0]

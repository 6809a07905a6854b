"""Slash commands: what is sent, how text is escaped, and how answers are shown."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.verbs.commands import escape
from playground.workspace import Usergroup
from tests.playground.office import Office


async def answered(office: Office, answer: Response) -> Any:
    async def app(_: Request) -> Response:
        return answer

    async with office.answered_by(app):
        return await office.command("hello")


async def test_the_payload_has_every_field_slack_sends(office: Office) -> None:
    received: dict[str, list[str]] = {}

    async def app(request: Request) -> Response:
        received.update(parse_qs((await request.body()).decode(), keep_blank_values=True))
        return Response()

    async with office.answered_by(app):
        await office.command()
    flat = {name: values[0] for name, values in received.items()}
    assert flat.pop("trigger_id") and flat.pop("response_url").startswith(office.slack.url)
    assert flat == {
        "token": office.app.verification_token,
        "team_id": office.team_id,
        "team_domain": "example",
        "channel_id": office.general.id,
        "channel_name": "general",
        "user_id": office.ana.id,
        "user_name": "ana",
        "command": "/parrot",
        "text": "",
        "api_app_id": office.app.app_id,
        "is_enterprise_install": "false",
    }


async def test_a_command_nobody_registered_is_refused_by_slack_itself(office: Office) -> None:
    outcome = await office.command(command="/parot")
    assert outcome.notice.startswith("/parot is not a valid command.")
    assert office.slack.deliveries == []


async def test_text_in_the_answer_is_seen_by_the_person_alone(office: Office) -> None:
    outcome = await answered(office, Response("Got it", media_type="text/plain"))
    assert [one.text for one in outcome.ephemerals] == ["Got it"]
    assert office.general.messages == {}


async def test_in_channel_is_seen_by_all(office: Office) -> None:
    outcome = await answered(office, JSONResponse({"response_type": "in_channel", "text": "Got it"}))
    assert [one.text for one in office.general.messages.values()] == ["Got it"]
    assert outcome.ephemerals == []


async def test_in_channel_alone_says_nothing(office: Office) -> None:
    outcome = await answered(office, JSONResponse({"response_type": "in_channel"}))
    assert outcome.went_well and office.general.messages == {}


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({"text": "Hi", "blocks": [{"type": "nonsense"}]}),
        JSONResponse(["Hi"]),
        JSONResponse({"text": ""}),
        Response("{", media_type="application/json"),
    ],
)
async def test_an_answer_slack_cannot_show_is_a_failure(office: Office, answer: Response) -> None:
    outcome = await answered(office, answer)
    assert outcome.notice and outcome.ephemerals == []


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("thanks @Ana Silva!", "thanks <@{ana}>!"),
        ("@ben and @ANA", "<@{ben}> and <@{ana}>"),
        ("@anastasia", "@anastasia"),
        ("mail ana@example.com", "mail ana@example.com"),
        ("in #general", "in <#{general}|general>"),
        ("in #secret", "in <#{secret}|>"),
        ("@tea time", "<!subteam^S1|@tea> time"),
        ("@channel look", "<!channel> look"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<@U0FORGED> <!here>", "&lt;@U0FORGED&gt; &lt;!here&gt;"),
        ("see https://example.com/a?b=1&c=2.", "see <https://example.com/a?b=1&amp;c=2>."),
    ],
)
def test_names_become_ids_and_typed_brackets_stay_text(office: Office, typed: str, sent: str) -> None:
    office.workspace.usergroups["S1"] = Usergroup("S1", "tea", "Tea", [])
    secret = office.workspace.open_channel("secret", kind="private_channel")
    ids = {
        "ana": office.ana.id,
        "ben": office.ben.id,
        "general": office.general.id,
        "secret": secret.id,
    }
    assert escape(office.workspace, typed) == sent.format(**ids)


async def test_without_should_escape_the_text_goes_as_typed(office: Office) -> None:
    @office.bolt.command("/literal")
    async def repeat(ack: Any, body: Any) -> None:
        await ack(body["text"])

    async with office.over_http():
        outcome = await office.command("@ana <3", command="/literal")
    assert outcome.ephemerals[0].text == "@ana <3"

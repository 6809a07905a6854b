"""What the page's server lets in and tells, without a browser: who may look, what changes, what passed."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from playground.listening import listening
from playground.page import Page
from playground.page.doings import Desk
from playground.page.inspector import records
from playground.page.sight import Sight
from playground.page.switches import Switches
from tests.playground.office import Office
from tests.playground.survey import Survey
from tests.playground.windows import opened


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Page(office.slack, office.workspace).app())
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8420") as client:
        yield client


def desk(office: Office) -> Desk:
    return Desk(office.slack, office.team, office.ana.id, {})


def sight(office: Office) -> dict[str, Any]:
    return Sight(desk(office), None, None).parts()


async def do(browser: httpx.AsyncClient, office: Office, doing: str, **given: Any) -> httpx.Response:
    return await browser.post(f"/as/{office.ana.id}/do/{doing}", json=given)


async def test_the_bare_address_leads_to_somebody(browser: httpx.AsyncClient, office: Office) -> None:
    assert (await browser.get("/")).headers["location"] == f"/as/{office.ana.id}"
    page = await browser.get(f"/as/{office.ana.id}")
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


async def test_every_file_of_the_page_is_served_and_loads_nothing_from_elsewhere(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/page/main.js")).text
    assert page
    for name in ("main.js", "style.css", "index.html", "dom.js"):
        text = (await browser.get(f"/page/{name}")).text
        assert "http://" not in text.replace("http://www.w3.org", "")
        assert "https://" not in text
        assert "innerHTML" not in text


async def test_strangers_foreign_pages_and_foreign_names_are_turned_away(
    browser: httpx.AsyncClient, office: Office
) -> None:
    assert (await browser.get("/as/U0NOBODY")).status_code == 404
    assert (await browser.get(f"/as/{office.installed.bot.id}")).status_code == 404
    say = f"/as/{office.ana.id}/do/say"
    foreign = await browser.post(say, json={"text": "hi"}, headers={"origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    rebound = await browser.post(say, json={"text": "hi"}, headers={"host": "rebound.example:8420"})
    assert rebound.status_code == 400
    assert office.dm_of(office.ana).messages == {}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"text"', b'{"text": 1}', b'{"channel": {}}', b"\xff"])
@pytest.mark.parametrize("doing", ["say", "command", "press", "submit", "fill", "react", "read", "switch"])
async def test_rubbish_is_refused_and_breaks_nothing(
    browser: httpx.AsyncClient, office: Office, doing: str, body: bytes
) -> None:
    answer = await browser.post(f"/as/{office.ana.id}/do/{doing}", content=body)
    assert answer.status_code in (200, 400, 404, 409)


async def test_nobody_reads_or_writes_where_they_are_not(browser: httpx.AsyncClient, office: Office) -> None:
    secret = office.workspace.open_channel("board", kind="private_channel", members=[office.ben.id])
    assert (await do(browser, office, "say", channel=secret.id, text="hi")).status_code == 409
    assert f"messages/{secret.id}" not in sight(office)
    assert secret.id not in json.dumps(sight(office))


async def test_what_stands_only_for_one_person_is_told_to_nobody_else(office: Office) -> None:
    office.general.members.append(office.installed.bot.id)
    await office.client.chat_postEphemeral(channel=office.general.id, user=office.ben.id, text="psst")
    assert "psst" not in json.dumps(sight(office))


async def test_a_form_is_filled_in_kept_and_sent(browser: httpx.AsyncClient, office: Office) -> None:
    survey = Survey(office.bolt)
    async with office.over_http():
        await do(browser, office, "command", text="/parrot")
        [modal] = sight(office)["modals"]
        await do(browser, office, "fill", view=modal["id"], values={"moved": {"value": "It"}})
        assert sight(office)["modals"][0]["values"]["moved"]["value"]["value"] == "It"
        sent = await do(browser, office, "submit", view=modal["id"], values={"next": {"value": "More"}})
        assert sent.json()["errors"] == {}
    assert survey.sent("moved") == "It"
    assert sight(office)["modals"] == []


async def test_an_error_stands_under_its_field_until_the_view_changes(office: Office) -> None:
    Survey(office.bolt)
    page = Page(office.slack, office.workspace)
    transport = httpx.ASGITransport(page.app())
    async with (
        office.over_http(),
        httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
    ):
        await do(client, office, "command", text="/parrot")
        view = office.team.views.top(office.ana.id)
        assert view
        await do(client, office, "submit", view=view.id)
        shown = Sight(page.desk_of(office.ana.id), None, None)
        assert shown.parts()["modals"][0]["errors"] == {"moved": "Please complete this required field."}
        view.hash = "another"
        assert shown.parts()["modals"][0]["errors"] == {}


async def test_a_modal_shows_only_in_the_window_it_was_opened_from(office: Office) -> None:
    Survey(office.bolt)
    page = Page(office.slack, office.workspace)
    transport = httpx.ASGITransport(page.app())
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
    here, there = (Sight(page.desk_of(office.ana.id), None, None, window=one) for one in ("here", "there"))

    async def command(window: str) -> None:
        await client.post(f"/as/{office.ana.id}/do/command?window={window}", json={"text": "/parrot"})

    async with office.over_http(), client:
        await command("here")
        [first] = here.parts()["modals"]
        assert there.parts()["modals"] == []
        await client.post(f"/as/{office.ana.id}/do/command?window=there", json={"text": "/unknown"})
        assert [one["id"] for one in here.parts()["modals"]] == [first["id"]], "it stays where it is"
        await command("there")
        assert here.parts()["modals"] == []
        assert [one["id"] for one in there.parts()["modals"]] != [first["id"]]


async def test_a_modal_from_before_the_demo_started_shows_in_the_first_window_that_looks(
    office: Office,
) -> None:
    desk = Desk(office.slack, office.team, office.ana.id, {})
    await opened(office)
    here, there = (Sight(desk, None, None, window=one) for one in ("here", "there"))
    assert len(here.parts()["modals"]) == 1
    assert there.parts()["modals"] == []
    assert len(here.parts()["modals"]) == 1


async def test_a_button_that_has_gone_is_said_to_be_gone(browser: httpx.AsyncClient, office: Office) -> None:
    said = await do(browser, office, "press", channel=office.general.id, ts="1.0", block="b", action="a")
    assert (said.status_code, said.json()) == (409, {"notice": "That has changed meanwhile. Look again."})


async def test_a_window_gets_everything_once_and_then_what_has_changed(office: Office) -> None:
    async with listening(Page(office.slack, office.workspace).app(), "127.0.0.1", 0) as url:
        address = f"{url.replace('http', 'ws')}/as/{office.ana.id}/live"
        async with connect(address) as window:
            first = json.loads(await window.recv())
            assert first["me"]["full"] == "Ana Silva"
            assert first[f"messages/{office.general.id}"] == []
            await office.slack.say(office.team_id, office.ana.id, office.general.id, "hi")
            news = json.loads(await window.recv())
            assert [one["text"] for one in news[f"messages/{office.general.id}"]] == ["hi"]
            assert "people" not in news


async def test_the_inspector_tells_each_call_and_delivery_once(office: Office) -> None:
    Survey(office.bolt)
    async with office.over_http():
        await office.command("hello")
    told = records(office.slack.ground.log, 0, 0)
    assert [(one["way"], one["name"]) for one in told["records"][-2:]] == [
        ("call", "views.open"),
        ("delivery", "/parrot hello"),
    ]
    assert records(office.slack.ground.log, told["calls"], told["deliveries"])["records"] == []
    assert office.installed.token not in json.dumps(told)


async def test_a_file_is_handed_to_those_who_were_sent_it(browser: httpx.AsyncClient, office: Office) -> None:
    dm = office.dm_of(office.ana)
    await office.client.files_upload_v2(channel=dm.id, filename="mine.csv", content="week\n47")
    [file] = office.workspace.files.values()
    got = await browser.get(f"/as/{office.ana.id}/files/{file.id}")
    assert got.content == b"week\n47"
    assert got.headers["content-disposition"].startswith("attachment")
    assert (await browser.get(f"/as/{office.ben.id}/files/{file.id}")).status_code == 404


class TestSwitches:
    async def test_a_switch_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(ValueError, match="gremlins"):
            Switches().set("gremlins", on=True)

    @pytest.mark.parametrize(
        ("name", "notice"),
        [
            ("late", '/parrot failed with the error "operation_timeout"'),
            ("down", '/parrot failed with the error "dispatch_failed"'),
            ("broken", '/parrot failed with the error "dispatch_failed"'),
        ],
    )
    async def test_people_see_a_failing_bot_as_slack_shows_it(
        self, office: Office, name: str, notice: str
    ) -> None:
        switches = office.slack.ground.faults = Switches(sleep=office.clock.sleep)
        Survey(office.bolt)
        async with office.over_http():
            assert (await office.command("hello")).notice is None
            switches.set(name, on=True)
            assert (await office.command("hello")).notice == notice
            switches.set(name, on=False)
            assert (await office.command("hello")).notice is None

    async def test_the_bot_meets_a_busy_slack_and_lost_answers(self, office: Office) -> None:
        switches = office.slack.ground.faults = Switches()
        office.general.members.append(office.installed.bot.id)
        switches.set("busy", on=True)
        with pytest.raises(Exception, match="ratelimited"):
            await office.client.chat_postMessage(channel=office.general.id, text="one")
        switches.set("busy", on=False)
        switches.set("lost", on=True)
        with pytest.raises(Exception, match="internal_error"):
            await office.client.chat_postMessage(channel=office.general.id, text="two")
        assert [one.text for one in office.general.messages.values()] == ["two"]

"""Whoever opens the plain page with a browser can do all that a check-in needs; what people typed stays text."""

import re
from collections.abc import AsyncIterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlencode

import httpx
import pytest

from playground.page import Page
from playground.page.html import inside, tag
from tests.playground.office import Office
from tests.playground.survey import Survey

NASTY = "<script>alert('x')</script> & \"quotes\""


class Form(HTMLParser):
    """The fields of a page as a browser would send them, and what stands beside them."""

    def __init__(self, page: str, marker: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._menu = ""
        start = page.index(marker)
        self.feed(page[page.rindex("<form", 0, start) : page.index("</form>", start)])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag in ("input", "textarea") and "name" in given and ticked:
            self.fields.append((given["name"], given.get("value", "")))
        if tag == "select":
            self._menu = given["name"]
        if tag == "option" and "selected" in given:
            self.fields.append((self._menu, given["value"]))

    def handle_data(self, data: str) -> None:
        if (self.get_starttag_text() or "").startswith("<textarea"):
            self.fields[-1] = (self.fields[-1][0], data)

    def filled(self, answers: dict[str, str]) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in self.fields if name not in answers]
        return [*kept, *answers.items()]


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Page(office.slack, office.workspace).app())
    async with httpx.AsyncClient(
        transport=transport, base_url="http://slack.test", follow_redirects=True
    ) as client:
        yield client


@pytest.fixture
async def survey(office: Office) -> AsyncIterator[Survey]:
    survey = Survey(office.bolt)
    async with office.over_http():
        yield survey


async def post(browser: httpx.AsyncClient, office: Office, action: str, fields: list[tuple[str, str]]) -> str:
    body = urlencode(fields)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post(f"/as/{office.ana.id}/{action}", content=body, headers=headers)
    assert answer.status_code == 200
    return answer.text


async def test_the_front_page_lists_the_people_and_nobody_else(
    browser: httpx.AsyncClient, office: Office
) -> None:
    office.workspace.add_person("Gone Person", deleted=True)
    page = (await browser.get("/")).text
    assert "Ana Silva" in page
    assert "Gone Person" not in page
    assert "Slackbot" not in page


async def test_a_form_is_opened_filled_and_sent_with_a_browser(
    browser: httpx.AsyncClient, office: Office, survey: Survey
) -> None:
    page = await post(browser, office, "command", [("text", "/parrot")])
    assert "<h2>Survey</h2>" in page
    form = Form(page, "What moved forward")
    answers = {
        '["moved", "value"]': "Two\r\nlines",
        '["mood", "value"]': "good",
        '["who", "value"]': office.ben.id,
        "do": "submit",
    }
    page = await post(browser, office, "act", form.filled(answers))
    assert survey.sent("moved") == "Two\nlines"
    assert survey.sent("mood")["value"] == "good"
    assert survey.sent("who") == [office.ben.id]
    assert [one["value"] for one in survey.sent("share")] == ["keep a copy"]
    assert "<h2>Survey</h2>" not in page
    assert ">Yes</button>" in page


async def test_what_is_missing_is_said_under_the_field_and_what_was_typed_stays(
    browser: httpx.AsyncClient, office: Office, survey: Survey
) -> None:
    page = await post(browser, office, "command", [("text", "/parrot")])
    filled = Form(page, "What moved forward").filled({'["next", "value"]': NASTY, "do": "submit"})
    page = await post(browser, office, "act", filled)
    assert '<strong role="alert">Please complete this required field.</strong>' in page
    assert f'value="{NASTY}"' in unescape(page)
    assert "<script>" not in page


async def test_buttons_of_messages_and_of_home_are_pressed(
    browser: httpx.AsyncClient, office: Office, survey: Survey
) -> None:
    page = await post(browser, office, "command", [("text", "/parrot")])
    filled = Form(page, "What moved forward").filled({'["moved", "value"]': "It", "do": "submit"})
    page = await post(browser, office, "act", filled)
    pressed = unescape(re.findall(r'name="press" value="([^"]+)"[^>]*>Yes<', page)[0])
    page = await post(browser, office, "act", [*Form(page, ">Yes<").fields, ("press", pressed)])
    assert "You said yes" in page
    page = await post(browser, office, "home", [])
    assert page.count(">Open</button>") == 2


async def test_whatever_people_write_is_shown_as_text(browser: httpx.AsyncClient, office: Office) -> None:
    page = await post(browser, office, "say", [("text", NASTY)])
    assert NASTY in unescape(page)
    assert "<script>" not in page


async def test_a_failure_of_the_app_is_shown_as_slack_shows_it(
    browser: httpx.AsyncClient, office: Office
) -> None:
    page = await post(browser, office, "command", [("text", "nonsense")])
    assert "/nonsense is not a valid command" in page


async def test_strangers_and_foreign_pages_are_turned_away(
    browser: httpx.AsyncClient, office: Office
) -> None:
    assert (await browser.get("/as/U0NOBODY/")).status_code == 404
    foreign = await browser.post(
        f"/as/{office.ana.id}/say", content="text=hi", headers={"origin": "https://elsewhere.example"}
    )
    assert foreign.status_code == 403
    assert office.dm_of(office.ana).messages == {}


def test_html_escapes_whatever_is_not_html() -> None:
    assert tag("p", "<b>", tag("i", "a&b"), [None, "'"], title='"') == (
        '<p title="&quot;">&lt;b&gt;<i>a&amp;b</i>&#x27;</p>'
    )
    assert (
        inside(tag("input", checked=True, disabled=False, aria_label="x")) == '<input checked aria-label="x">'
    )

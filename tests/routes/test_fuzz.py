"""Every kind of request that Rapport answers, bent in every way: no 5xx, no traceback, nobody else's words."""

import re
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings

from bot.capabilities import house
from bot.handlers.payloads import read_call
from playground.activity import A_HANG
from playground.delivery.reply import Delivery
from tests.routes.everything import do_everything, fresh, one_of_each_kind, press_everything
from tests.routes.forgery import Letterbox, Recorded, said_to_slack
from tests.routes.mutations import Bend, Others, bends, bent
from tests.routes.snapshot import Snapshot, snapshot
from tests.routes.trouble import SLACK_SECONDS
from tests.routes.world import Clock, Company
from tests.selection import examples

SECRETS = ("quokka", "narwhal", "axolotl")  # Ana wrote them, Ben answered; nobody else may read them
NAMES = ("Ana Silva", "Ben Okafor", "Pia Lund", "Dee Park", "Hana Ito")  # the first two may read them
ELSEWHERE = "platypus"  # written in the other company
APOLOGY = "something went wrong on our side"  # what people read when a handler stumbled
TELLTALE = re.compile(r"Traceback|File \"|\w\.py\b|sqlalchemy|\w(Error|Exception)\b")
QUIETLY = settings(
    max_examples=examples(300),
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # what is saved by one example is there for the next: shrinking would mislead
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

over_http = pytest.mark.parametrize("mode", ["http"], indirect=True)
over_socket_mode = pytest.mark.parametrize("mode", ["socket"], indirect=True)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ack_seconds() -> float:
    """Some of what is pressed here is answered by silence."""
    return SLACK_SECONDS


class Office:
    """A company with something to hide, requests of every kind that were made in it, and a neighbour."""

    def __init__(self, acme: Company, globex: Company, clock: Clock, client: httpx.AsyncClient) -> None:
        self.acme, self.globex = acme, globex
        self.clock = clock
        self.box = Letterbox(acme, client)
        self.requests = [one.without(SECRETS) for one in one_of_each_kind(acme)]
        people = {name: acme.slack.person(name).id for name in NAMES}
        self.readers = {people[name] for name in NAMES[:2]}
        self.checkins = [
            f'{{"checkin": {number}}}' for number in (1, 2)
        ]  # the secret ones, in both companies
        self.others = Others(
            people=[*people.values()],
            subjects=[*self.checkins, *self.checkins, "rubbish", '{"week": "9999-12-31"}'],
            ids=[*people.values(), *foreign_ids(globex)],
        )
        self.count = 0
        self.globex_before: Snapshot = {}

    def bent(self, bend: Bend) -> Recorded:
        self.count += 1
        request = fresh(self.requests[bend.request % len(self.requests)], self.count)
        request = bent(request, bend, self.others)
        note(repr(request)[:3000])
        return request

    async def said(self, request: Recorded) -> tuple[httpx.Response, str]:
        """The response, and with it whatever the bot told Slack because of this request."""
        self.clock.move(seconds=1)  # the same bytes at the same second are a replay
        calls = self.acme.playground.calls
        before = len(calls)
        response = await self.box.forward(request)
        return response, response.text + said_to_slack(calls[before:])


@pytest.fixture
async def office(acme: Company, globex: Company, clock: Clock) -> AsyncIterator[Office]:
    await write_secrets(globex, [ELSEWHERE] * 3)
    await write_secrets(acme, SECRETS)
    clock.move(weeks=2)  # that week is closed: nothing below can overwrite it
    await do_everything(acme)
    await press_everything(acme)
    async with httpx.AsyncClient(timeout=A_HANG) as client:
        office = Office(acme, globex, clock, client)
        office.globex_before = await snapshot(globex)
        yield office


def foreign_ids(globex: Company) -> list[str]:
    return [globex.slack.workspace.team_id, globex.app.app_id, globex.slack.person("Ana Silva").id]


async def write_secrets(company: Company, words: Sequence[str]) -> None:
    ana, ben = company.slack.person("Ana Silva"), company.slack.person("Ben Okafor")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", words[0])
    ana.modal.fill("What matters most next week?", "Rest")
    ana.modal.fill("What is in your way?", words[1])
    await ana.modal.submit()
    await company.delivered()
    await ben.dm.last.press("Open")
    ben.modal.fill("Comment", words[2])
    await ben.modal.submit()
    await ben.modal.close_all()
    await company.delivered()


def acting(request: Recorded) -> str:
    """Whom the request is from."""
    payload = request.payload
    event = payload.get("event")
    user = event.get("user") if isinstance(event, dict) else payload.get("user", payload.get("user_id"))
    return str(user.get("id") if isinstance(user, dict) else user)


@over_http
@only_sqlite
async def test_there_is_a_request_for_everything_that_rapport_answers(office: Office) -> None:
    """Whoever adds a capability adds it here."""
    identified = {"trigger_id", "event", "block_id"}  # and a menu that asks has none of its own
    known = (one.payload for one in office.requests if identified & one.payload.keys())
    made = {(call.kind, call.name) for call in map(read_call, known)}
    assert made >= {("command", name) for name in house().front.routes.commands}
    assert made >= {("action", name) for name in house().front.routes.actions}
    assert made >= {("submission", name) for name in house().front.routes.submissions}
    assert made >= {("suggestion", name) for name in house().front.routes.suggestions}
    assert made >= {("shortcut", name) for name in house().front.routes.shortcuts}
    assert made >= {("event", name) for name in house().front.routes.events}


@over_http
async def test_the_rightful_reader_does_see_the_words_so_the_search_for_them_can_fail(office: Office) -> None:
    opened = next(one for one in office.requests if "checkins.open" in repr(one.payload.get("actions")))
    elsewhere = opened.changed(actions__0__block_id="no message that is over")
    shown = [await office.said(elsewhere.changed(actions__0__value=ref)) for ref in office.checkins]
    assert [word for word in SECRETS if any(word in said for _, said in shown)] == list(SECRETS)


@over_http
@QUIETLY
@given(bend=bends)
async def test_a_signed_request_bent_in_any_way_breaks_nothing_and_shows_nothing(
    office: Office, bend: Bend
) -> None:
    request = office.bent(bend)
    response, said = await office.said(request)
    assert response.status_code == 200 or 400 <= response.status_code < 500, response.text
    assert not TELLTALE.search(response.text)
    assert APOLOGY not in said
    assert ELSEWHERE not in said
    if acting(request) not in office.readers:
        assert not [word for word in SECRETS if word in said]
    if office.count % 100 == 0:
        assert await snapshot(office.globex) == office.globex_before


@pytest.mark.proof  # the forgeries stand in for it
@over_http
@settings(QUIETLY, max_examples=examples(40))
@given(bend=bends)
async def test_nothing_signed_by_somebody_else_gets_past_the_door(office: Office, bend: Bend) -> None:
    calls, before = len(office.acme.playground.calls), await snapshot(office.acme)
    response = await office.box.forward(office.bent(bend), secret=office.globex.app.signing_secret)
    assert (response.status_code, response.content) == (401, b"")
    assert len(office.acme.playground.calls) == calls
    assert await snapshot(office.acme) == before


@pytest.mark.proof
@over_socket_mode
@only_sqlite
@settings(QUIETLY, max_examples=examples(40))
@given(bend=bends)
async def test_over_socket_mode_the_connection_survives_whatever_comes(office: Office, bend: Bend) -> None:
    """What the bot cannot take it does not acknowledge, so Slack's patience is cut short here."""
    ground = office.acme.playground.ground
    patience, ground.ack_seconds = ground.ack_seconds, 0.2
    calls = office.acme.playground.calls
    before = len(calls)
    request = office.bent(bend)
    assume(isinstance(request.payload.get("type", ""), str))  # an envelope is made by it
    await office.acme.playground.team(office.acme.slack.workspace.team_id).post.send(
        Delivery(request.kind, request.payload)
    )
    assert APOLOGY not in said_to_slack(calls[before:])
    assert ELSEWHERE not in said_to_slack(calls[before:])
    ground.ack_seconds = patience
    pia = office.acme.slack.person("Pia Lund")
    await pia.command("/rapport help")
    assert "/checkin history" in pia.ephemeral.last.text

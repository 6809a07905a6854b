"""The database is locked, gone or silent: an apology in time, nothing half-written, and it comes back by itself."""

import re
import time

import pytest

from bot.db import Database
from bot.db.engine import WAIT_SECONDS
from bot.handlers.deadline import ANSWER_SECONDS
from playground.delivery.reply import Delivery
from tests.routes.forgery import last
from tests.routes.outage import KINDS, outage, silence
from tests.routes.snapshot import snapshot
from tests.routes.steps import open_check_in, write
from tests.routes.trouble import SLACK_SECONDS
from tests.routes.world import Company

MOVED, NEXT = "What moved forward this week?", "What matters most next week?"

troubled = pytest.mark.parametrize("trouble", KINDS)
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
only_http = pytest.mark.parametrize("mode", ["http"], indirect=True)


@pytest.fixture
def wait_seconds() -> float:
    return WAIT_SECONDS


@pytest.fixture
def ack_seconds() -> float:
    return SLACK_SECONDS


@troubled
async def test_a_form_that_cannot_be_saved_stays_open_and_is_saved_once_when_sent_again(
    acme: Company, database: Database, trouble: str
) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "Typed with care")
    ana.modal.fill(NEXT, "Not to be typed again")
    before = await snapshot(acme)
    async with outage(database.url, trouble):
        started = time.monotonic()
        await ana.modal.submit()
        assert time.monotonic() - started < SLACK_SECONDS
        assert re.search(r"nothing was saved.* the reference [0-9A-F]{6}\.", ana.modal.errors[MOVED])
        assert "Typed with care" in ana.modal.text
        assert "Not to be typed again" in ana.modal.text
    assert await snapshot(acme) == before
    await ana.modal.submit()
    assert ana.modal.title == "Check-in shared"
    await acme.delivered()
    await open_check_in(ben)
    assert "Typed with care" in ben.modal.text
    assert (len(ben.dm), ana.notices) == (1, [])


@only_http
@troubled
async def test_many_who_submit_during_a_lock_are_all_answered_in_time(
    acme: Company, database: Database, trouble: str
) -> None:
    """They queue for one writing connection: the waits must not add up."""
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "Typed with care")
    ana.modal.fill(NEXT, "More")
    async with outage(database.url, trouble):
        await ana.modal.submit(times=25)
        assert "nothing was saved" in ana.modal.errors[MOVED]
    assert ana.notices == []
    await ana.modal.submit(times=25)
    assert ana.modal.title == "Check-in shared"
    await acme.delivered()
    assert len(acme.slack.person("Ben Okafor").dm) == 1


@only_http
@troubled
async def test_a_command_is_answered_with_an_apology_and_works_again_afterwards(
    acme: Company, database: Database, trouble: str
) -> None:
    """Reading a locked SQLite database goes on as ever."""
    ana = acme.slack.person("Ana Silva")
    async with outage(database.url, trouble):
        await ana.command("/checkin history")
        if trouble == "gone" or not database.is_sqlite:
            assert "something went wrong on our side" in ana.ephemeral.last.text
            assert not ana.has_modal
    await ana.command("/checkin")
    assert ana.modal.title == "Your check-in"
    assert ana.notices == []


@only_http
@troubled
async def test_a_button_says_in_a_window_what_went_wrong_and_works_at_the_next_press(
    acme: Company, database: Database, trouble: str
) -> None:
    await write(acme, "Ana Silva", "Fine", stuck="The build is slow")
    await acme.delivered()
    ben = acme.slack.person("Ben Okafor")
    await ben.dm.last.press("Open")
    async with outage(database.url, trouble):
        await ben.modal.press("I'll take this on")
        assert "something went wrong on our side" in ben.modal.text
        await ben.modal.close()
    assert "You took this on" not in ben.modal.text
    await ben.modal.press("I'll take this on")
    assert "You took this on" in ben.modal.text
    await acme.delivered()
    assert "responded" in acme.slack.person("Ana Silva").dm.last.text
    assert ben.notices == []


@pytest.mark.parametrize(
    ("mode", "trouble"), [("http", "locked"), ("http", "gone"), ("socket", "gone")], indirect=["mode"]
)
async def test_an_event_that_could_not_be_kept_is_delivered_again_and_counts_once(
    acme: Company, database: Database, trouble: str
) -> None:
    """Slack's retries come at once, after a minute and after five; the last of them finds the database again."""
    ben, pia = acme.slack.person("Ben Okafor"), acme.slack.person("Pia Lund")
    async with outage(database.url, trouble):
        await pia.become(status_emoji=":palm_tree:", status_text="Vacation")
        problems = {one.problem for one in acme.playground.deliveries if one.kind == "event"}
    await acme.playground.until(lambda: last_event_taken(acme))
    assert problems and "" not in problems
    await ben.command("/checkin team")
    assert "Pia Lund\nAway" in ben.modal.text
    before = await snapshot(acme)
    again = last(acme, "event")
    await acme.playground.team(acme.slack.workspace.team_id).post.send(
        Delivery("event", again.payload, attempt=3)
    )
    assert await snapshot(acme) == before


def last_event_taken(company: Company) -> bool:
    events = [one for one in company.playground.deliveries if one.kind == "event"]
    return bool(events) and events[-1].problem == ""


@only_http
@only_postgresql
async def test_nobody_notifications_a_restart_of_postgresql_between_two_requests(
    acme: Company, database: Database
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "Typed with care")
    ana.modal.fill(NEXT, "More")
    async with outage(database.url, "gone"):
        pass
    await ana.modal.submit()
    assert ana.modal.title == "Check-in shared"
    assert ana.notices == []


@only_http
@only_postgresql
async def test_a_server_that_falls_silent_is_apologised_for_without_a_false_promise(
    acme: Company, database: Database
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "Typed with care")
    ana.modal.fill(NEXT, "More")
    async with silence(database.url):
        started = time.monotonic()
        await ana.modal.submit()
        assert ANSWER_SECONDS <= time.monotonic() - started < SLACK_SECONDS
        assert "I cannot say whether it was saved" in ana.modal.errors[MOVED]
        assert "nothing is saved twice" in ana.modal.errors[MOVED]
    await ana.modal.submit()
    assert ana.modal.title == "Check-in shared"
    await acme.delivered()
    assert len(acme.slack.person("Ben Okafor").dm) == 1

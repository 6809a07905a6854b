"""A manager's team shares its check-ins: one message that grows, and another one only for a call for help."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.db import Database
from bot.services import people
from playground.driver.person import Person
from playground.server import Playground
from tests.conftest import settings
from tests.routes.steps import FRIDAY, MONDAY, live_until, texts, write
from tests.routes.world import Clock, Company, Hire, Mode, company

REPORTS = tuple(
    f"{name} Reis" for name in ["Abe", "Bea", "Cem", "Dan", "Eve", "Fay", "Gil", "Hal", "Ivy", "Jon"]
)
NOON = MONDAY + timedelta(hours=3)


@pytest.fixture
async def large(
    playground: Playground, database: Database, database_url: str, clock: Clock, mode: Mode
) -> AsyncIterator[Company]:
    """Ben and ten people who report to him."""
    team = (
        Hire("Carla Diaz"),
        Hire("Ben Okafor", "Carla Diaz"),
        *(Hire(one, "Ben Okafor") for one in REPORTS),
    )
    async with company(
        playground, database, settings(database_url), clock, name="Large", mode=mode, hires=team
    ) as running:
        yield running


@pytest.mark.every_combination
async def test_ten_reports_share_in_one_message_and_an_obstacle_is_the_second(large: Company) -> None:
    ben = large.slack.person("Ben Okafor")
    for number, name in enumerate(REPORTS[:9], start=1):
        await share(large, name)
        assert f"Your team's week: {number} of 10 shared." in ben.dm.last.text
    assert (len(ben.dm), len(ben.pings)) == (1, 1)
    assert "Shared by Abe Reis, Bea Reis" in ben.dm.last.text

    await share(large, REPORTS[9], stuck="The build is slow")
    [team, obstacle] = texts(large, "Ben Okafor")
    assert "10 of 10 shared, 1 obstacle." in team
    assert "Jon Reis has something in the way." in obstacle
    assert "build" not in team + obstacle
    assert len(ben.pings) == 2
    assert texts(large, "Carla Diaz") == []


@pytest.mark.every_combination
async def test_an_obstacle_that_is_edited_is_said_once_and_over_once_it_is_taken_on(
    acme: Company, clock: Clock
) -> None:
    ben = acme.slack.person("Ben Okafor")
    await share(acme, "Pia Lund")
    await share(acme, "Ana Silva")
    await share(acme, "Ana Silva", stuck="-")
    assert len(ben.dm) == 1
    await share(acme, "Ana Silva", stuck="The build is slow")
    await share(acme, "Ana Silva", stuck="The build is slow, and so are reviews")
    assert len(ben.dm) == len(ben.pings) == 2

    await ben.dm.last.press("Open")
    clock.move(minutes=7)
    await ben.modal.press("I'll take this on")
    await acme.delivered()
    [team, obstacle] = texts(acme, "Ben Okafor")
    assert "You took this on, 15:07." in obstacle
    assert "Snooze" not in obstacle
    assert "2 of 2 shared." in team
    await ben.modal.press("It is out of the way")
    await acme.delivered()
    assert "You got this out of the way, 15:07." in ben.dm.last.text
    assert "[Open]" not in ben.dm.last.text
    assert len(ben.pings) == 2


async def test_an_obstacle_that_is_taken_back_leaves_no_button(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    await share(acme, "Ana Silva", stuck="The build is slow")
    await share(acme, "Ana Silva", stuck=" ")
    assert "This is not in the check-in any more." in ben.dm.last.text
    assert "Your team's week: 1 of 2 shared." in ben.dm.last.text


async def test_who_asks_for_help_is_heard_at_once_and_the_message_ends_with_the_answer(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await share(acme, "Pia Lund")
    await ana.command("/checkin")
    fill(ana)
    await ana.modal.press("Add more")
    ana.modal.choose("What would help from your manager?", "Time to talk")
    await ana.modal.submit()
    await acme.delivered()
    assert len(ben.dm) == 2
    assert "Ana Silva asks for your help." in ben.dm.last.text
    assert "Ana Silva asks for your help." in ben.dm.messages[0].text
    await ben.dm.last.press("Open")
    await ben.modal.press(":heart:")
    await acme.delivered()
    assert "You answered this, 15:00." in ben.dm.last.text
    assert "asks for" not in ben.dm.messages[0].text


async def test_a_locked_obstacle_reaches_its_manager_and_nobody_after_them(acme: Company) -> None:
    ana, ben, carla = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Carla Diaz"))
    await ana.command("/checkin")
    fill(ana, stuck="Between Ben and me")
    await ana.modal.toggle("Only for Ben Okafor", beside="What is in your way?")
    await ana.modal.submit()
    await ana.modal.close_all()
    await acme.delivered()
    assert "Ana Silva has something in the way." in ben.dm.last.text
    await move_to_carla(acme)
    await ana.command("/checkin history")
    await ana.modal.press("Share these with Carla Diaz")
    await share(acme, "Ben Okafor")
    assert "Shared by Ana Silva and Ben Okafor." in carla.dm.last.text
    assert "obstacle" not in carla.dm.last.text
    assert "in the way" not in " ".join(texts(acme, "Carla Diaz"))


async def test_the_message_ends_with_its_week(acme: Company, clock: Clock) -> None:
    ben = acme.slack.person("Ben Okafor")
    await live_until(acme, clock, FRIDAY)
    await share(acme, "Pia Lund")
    message = ben.dm.last
    await share(acme, "Ana Silva", stuck="The build is slow")
    await live_until(acme, clock, MONDAY)
    await message.press("Open my team")
    assert "Week of 16 November" in ben.modal.text
    pings = len(ben.pings)
    await live_until(acme, clock, NOON)
    assert "Week of 16 November closed: 2 of 2 shared, 1 obstacle." in message.text
    assert "[" not in message.text.partition("Week of 16 November closed")[2]
    assert len(ben.pings) == pings


async def test_on_monday_the_digest_says_what_is_shared_late(acme: Company, clock: Clock) -> None:
    ben = acme.slack.person("Ben Okafor")
    await live_until(acme, clock, MONDAY)
    [digest] = [message for message in ben.dm.messages if "Your team's week of 16 November" in message.text]
    pings = len(ben.pings)
    assert "0 of 2 wrote." in digest.text
    await acme.slack.person("Ana Silva").dm.last.press("Write check-in")
    fill(acme.slack.person("Ana Silva"))
    await acme.slack.person("Ana Silva").modal.submit()
    await acme.delivered()
    assert "1 of 2 wrote: Ana Silva." in digest.text
    assert len(ben.pings) == pings


async def share(company: Company, name: str, *, stuck: str = "") -> None:
    await write(company, name, "The importer works", stuck=stuck)
    await company.delivered()


def fill(person: Person, *, stuck: str = "") -> None:
    person.modal.fill("What moved forward this week?", "The importer works")
    person.modal.fill("What matters most next week?", "Ship it")
    if stuck:
        person.modal.fill("What is in your way?", stuck)


async def move_to_carla(company: Company) -> None:
    """Ana reports to Carla from now on."""
    async with company.bot.work() as session:
        ana = await people.by_email(session, "ana@example.com")
        carla = await people.by_email(session, "carla@example.com")
        await people.set_manager(session, ana, carla, now=company.bot.now())

"""Goals on Home: those of the company, and as many looks into the database for fifteen reports as for two."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.capabilities import house
from bot.db import Database
from bot.models import Person
from bot.models.goals import Level, NewGoal
from bot.services import goals, people
from playground.server import Playground
from tests.conftest import StatementCount, settings
from tests.routes.world import Clock, Company, Hire, company

StaffedCompany = Callable[[int], Awaitable[Company]]


@pytest.fixture
async def with_reports(
    database: Database, database_url: str, ack_seconds: float
) -> AsyncIterator[StaffedCompany]:
    """Ben and so many who report to him, each with a goal of their own."""
    clock = Clock()
    async with AsyncExitStack() as stack:
        playground = await stack.enter_async_context(
            Playground(clock=clock.seconds, sleep=clock.sleep, limited=False, ack_seconds=ack_seconds)
        )

        async def staffed(count: int) -> Company:
            hires = (Hire("Ben Okafor"), *(Hire(f"P{one} Report", "Ben Okafor") for one in range(count)))
            acme = company(
                playground, database, settings(database_url), clock, name=f"Acme {count}", hires=hires
            )
            running = await stack.enter_async_context(acme)
            async with running.bot.work() as session:
                ben = await people.by_slack_id(session, running.slack.person("Ben Okafor").id)
                for person in await people.reports_of(session, ben, limit=count):
                    await _set_goal(session, person, clock)
            return running

        yield staffed


async def _set_goal(session: AsyncSession, person: Person, clock: Clock) -> None:
    await goals.create(session, person, NewGoal(title=f"Goal of {person.name}"), now=clock.now)


async def test_home_of_a_manager_costs_the_same_for_fifteen_reports_as_for_two(
    with_reports: StaffedCompany, statements: Callable[[], StatementCount]
) -> None:
    totals = []
    for count in (2, 15):
        acme = await with_reports(count)
        ben = acme.slack.person("Ben Okafor")
        with statements() as counted:
            await house().front.home.publish(acme.bot, ben.id)
        assert f"{count} open goals" in ben.home.text
        totals.append(counted.total)
    assert totals[0] == totals[1]


async def test_home_names_the_company_s_goals_to_everybody(with_reports: StaffedCompany) -> None:
    acme = await with_reports(1)
    now = acme.bot.now()
    async with acme.bot.work() as session:
        ben = await people.by_slack_id(session, acme.slack.person("Ben Okafor").id)
        [report] = await people.reports_of(session, ben, limit=1)
        await people.grant_hr(session, ben, now=now)
        grow = await goals.create(session, ben, NewGoal("Grow in Portugal", level=Level.COMPANY), now=now)
        await goals.create(session, report, NewGoal("Sell in Porto", parent_id=grow), now=now)
    somebody = acme.slack.person("P0 Report")
    await house().front.home.publish(acme.bot, somebody.id)
    assert "The company's goals: “Grow in Portugal”." in somebody.home.text
    await somebody.home.press("See all", beside="The company's goals")
    assert "Sell in Porto" in somebody.modal.text

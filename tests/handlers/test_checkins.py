"""What everybody waits for when a week ends: the way of a check-in from the form into the database."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.db import Database
from playground.server import Playground
from tests.conftest import StatementCount, settings
from tests.routes.world import Clock, Company, company


@pytest.fixture
async def acme(database: Database, database_url: str, ack_seconds: float) -> AsyncIterator[Company]:
    clock = Clock()
    async with (
        Playground(
            clock=clock.seconds, sleep=clock.sleep, limited=False, ack_seconds=ack_seconds
        ) as playground,
        company(playground, database, settings(database_url), clock, name="Acme") as running,
    ):
        yield running


async def test_a_check_in_is_saved_in_seven_statements_and_told_in_five(
    acme: Company, statements: Callable[[], StatementCount]
) -> None:
    """Saved: the request's key, the person, the company's rule, the check-in, its nudges, the message about the team's
    week, and whatever the manager was told already.
    Told: the person, the check-in, the manager; for one next step a quiet goal and the last thanks.
    """
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "The importer works")
    ana.modal.fill("What matters most next week?", "Ship it")
    with statements() as count:
        await ana.modal.submit()
    assert ana.modal.title == "Check-in shared"
    assert len([one for one in count.statements if not one.startswith("BEGIN")]) <= 12, count.statements

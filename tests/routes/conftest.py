"""Stories run on both databases, over HTTP and Socket Mode, with a second company present."""

from collections.abc import AsyncIterator

import pytest

from bot.db import Database
from playground.server import Playground
from tests.conftest import settings
from tests.routes.world import Clock, Company, Mode, company


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def playground(clock: Clock, ack_seconds: float) -> AsyncIterator[Playground]:
    async with Playground(
        clock=clock.seconds, sleep=clock.sleep, limited=False, ack_seconds=ack_seconds
    ) as running:
        yield running


@pytest.fixture(params=["http", "socket"])
def mode(request: pytest.FixtureRequest) -> Mode:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
async def acme(
    playground: Playground, database: Database, database_url: str, clock: Clock, mode: Mode
) -> AsyncIterator[Company]:
    async with company(
        playground, database, settings(database_url), clock, name="Acme", mode=mode
    ) as running:
        yield running


@pytest.fixture
async def globex(
    playground: Playground, database: Database, database_url: str, clock: Clock, mode: Mode
) -> AsyncIterator[Company]:
    """The other company: same names, same database, same local Slack."""
    async with company(
        playground, database, settings(database_url), clock, name="Globex", mode=mode
    ) as running:
        yield running

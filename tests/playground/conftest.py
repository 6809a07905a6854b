"""A local Slack on a clock that stands still, one office in it, and more offices on demand."""

from collections.abc import AsyncIterator, Callable

import pytest

from playground.server import Playground
from tests.playground.office import ManualClock, Office, open_office


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def slack(clock: ManualClock) -> AsyncIterator[Playground]:
    async with Playground(clock=clock, sleep=clock.sleep, ack_seconds=30.0) as running:
        yield running


@pytest.fixture
def office(slack: Playground, clock: ManualClock) -> Office:
    return open_office(slack, clock)


@pytest.fixture
def another_office(slack: Playground, clock: ManualClock) -> Callable[..., Office]:
    return lambda **options: open_office(slack, clock, **options)

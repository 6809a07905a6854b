"""The gateway to a local Slack, over a line that can go bad."""

from collections.abc import AsyncIterator

import pytest

from bot.slack import Slack
from playground.app import App
from playground.manifest import AppManifest
from playground.server import Playground
from playground.team import Team
from playground.workspace import Member
from tests.bad_line import BadLine
from tests.clock import Clock
from tests.slack.builders import MANIFEST, connected


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def playground(clock: Clock) -> AsyncIterator[Playground]:
    async with Playground(clock=clock, sleep=clock.sleep, limited=False) as running:
        yield running


@pytest.fixture
def team(playground: Playground) -> Team:
    workspace = playground.workspace("Example")
    playground.install(App.create(AppManifest.parse(MANIFEST)), workspace)
    return playground.team(workspace.team_id)


@pytest.fixture
def ana(team: Team) -> Member:
    return team.workspace.add_person("Ana Silva")


@pytest.fixture
async def line(playground: Playground) -> AsyncIterator[BadLine]:
    async with BadLine.to(playground.api_url) as line:
        yield line


@pytest.fixture
async def slack(team: Team, line: BadLine, clock: Clock) -> AsyncIterator[Slack]:
    async with connected(team, line.url, sleep=clock.sleep, seconds=30.0) as slack:
        yield slack

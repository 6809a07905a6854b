"""Every story whose words are kept here is told once more in a company with a prefix before its commands."""

import json
import re
from collections.abc import AsyncIterator

import pytest

from bot.capabilities import house
from bot.db import Database
from playground.driver import Home, Modal, SeenMessage
from playground.server import Playground
from tests.conftest import settings
from tests.routes.words import test_checkins, test_goals, test_kudos, test_plain_words
from tests.routes.words.conftest import Reads
from tests.routes.world import Clock, Company, Mode, company

STORIES = (test_checkins, test_goals, test_kudos, test_plain_words)
globals().update(
    {name: told for story in STORIES for name, told in vars(story).items() if name.startswith("test_")}
)
thanks = test_kudos.thanks
WITHOUT_PREFIX = re.compile(rf"(?<![\w/])/({'|'.join(house().front.routes.commands)})(?![\w/-])")


@pytest.fixture
def reads() -> Reads:
    """No screen names a command without the prefix."""

    def check(name: str, seen: SeenMessage | Modal | Home) -> None:
        assert WITHOUT_PREFIX.findall(seen.text) == [], name

    return check


@pytest.fixture
async def acme(
    playground: Playground, database: Database, database_url: str, clock: Clock, mode: Mode
) -> AsyncIterator[Company]:
    """Nothing that the bot calls Slack with, seen or not, names a command without the prefix."""
    prefixed = settings(database_url, command_prefix="acme")
    async with company(playground, database, prefixed, clock, name="Acme", mode=mode) as running:
        yield running
        sent = json.dumps([call.args for call in playground.calls], default=str)
        assert WITHOUT_PREFIX.findall(sent) == []

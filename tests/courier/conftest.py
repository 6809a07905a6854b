"""A mailroom on a clock that stands still."""

from collections.abc import AsyncIterator

import pytest

from bot.db import Database
from tests.mailroom import Mailroom, open_mailroom


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Mailroom]:
    async with open_mailroom(database) as room:
        yield room

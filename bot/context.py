"""Every handler and job gets a `Bot`: the database, Slack, the clock, and the shipped content."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Settings
from bot.db import Database
from bot.metrics import Metrics
from bot.packs import Packs
from bot.slack import Slack


@dataclass(frozen=True, slots=True)
class Bot:
    """One installation in one workspace. `work()` is the only place that commits."""

    workspace_id: str
    settings: Settings
    database: Database
    slack: Slack
    packs: Packs
    now: Callable[[], datetime]
    metrics: Metrics = field(default_factory=Metrics.new)
    something_due: asyncio.Event = field(default_factory=asyncio.Event)
    errands: set[asyncio.Task[None]] = field(default_factory=set)
    removed: asyncio.Event = field(
        default_factory=asyncio.Event
    )  # the app was uninstalled: nobody to speak with

    def start(self, errand: Coroutine[Any, Any, None]) -> None:
        """Starts work that takes longer than Slack waits for an answer. A restart loses it, so it must be safe
        to ask again.
        """
        task = asyncio.create_task(errand)
        self.errands.add(task)  # the loop itself holds tasks only weakly
        task.add_done_callback(self.errands.discard)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[AsyncSession]:
        """One write transaction: commits at the end of the block, then wakes the courier."""
        async with self.database.work(self.workspace_id) as session:
            yield session
        self.something_due.set()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self.database.read(self.workspace_id) as session:
            yield session

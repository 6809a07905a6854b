"""The command line. Every command gets an `Operator` (as `context.obj`); the commands live beside it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot import installation, schema
from bot.config import Settings
from bot.db import Database
from bot.errors import CannotStart

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

Result = TypeVar("Result")


class Operator:
    """Settings are read when a command first needs them: help and `manifest` work without any."""

    def __init__(self, read_settings: Callable[[], Settings], now: Callable[[], datetime]) -> None:
        self._read_settings = read_settings
        self.now = now

    @cached_property
    def settings(self) -> Settings:
        return self._read_settings()

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            return runner.run(coroutine)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """The database. The command stops unless its tables are those of this version."""
        if not await schema.is_current(self.settings.sqlalchemy_url):
            raise CannotStart("The database is not up to date. Run: rapport migrate")
        database = Database(self.settings.sqlalchemy_url)
        try:
            yield database
        finally:
            await database.close()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A session on the installed workspace; commits when the block ends."""
        async with self.database() as database, database.work(await self._workspace(database)) as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self.database() as database, database.read(await self._workspace(database)) as session:
            yield session

    async def _workspace(self, database: Database) -> str:
        return await installation.find(database, self.settings, now=self.now())

"""Brings the database to the newest schema, and says whether it is there. `rapport migrate` and the start come here."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, event, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
LOCK = 7_211_202_611  # any number, as long as nobody else locks it in this database


async def upgrade(url: URL) -> None:
    """Creates the SQLite folder if need be, then applies what is missing: all of it or nothing."""
    if file := _file(url):
        file.parent.mkdir(parents=True, exist_ok=True)
    await apply(url, lambda config: command.upgrade(config, "head"))


async def is_current(url: URL) -> bool:
    """Whether every migration of this checkout has been applied. A missing SQLite file is not created by asking."""
    if (file := _file(url)) and not file.exists():
        return False
    engine = _engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_at_head)
    finally:
        await engine.dispose()


async def apply(url: URL, step: Callable[[Config], object]) -> None:
    """Runs one Alembic command inside `alone()`."""
    async with alone(url) as connection:
        await connection.run_sync(lambda sync: step(_config(sync)))


@asynccontextmanager
async def alone(url: URL) -> AsyncIterator[AsyncConnection]:
    """One transaction in which nobody else migrates; a second process waits, then finds nothing left to do."""
    engine = _engine(url)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            yield connection
    finally:
        await engine.dispose()


def _file(url: URL) -> Path | None:
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _at_head(connection: Connection) -> bool:
    applied = MigrationContext.configure(connection).get_current_heads()
    return set(applied) == set(ScriptDirectory.from_config(_config()).get_heads())


def _engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(url, hide_parameters=True, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        _take_the_whole_database(engine)
    return engine


def _take_the_whole_database(engine: AsyncEngine) -> None:
    """SQLite changes tables inside a transaction only if the driver keeps its hands off, and rebuilds them only
    with foreign keys off (SQLite's default), so the bot's own engine will not do.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

"""Ways for a database to be of no use, and back again: locked by somebody else, gone, or silent."""

import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import asyncpg
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db import Base
from bot.models import InboxEntry

KINDS = ("locked", "gone")


@asynccontextmanager
async def outage(url: URL, kind: str) -> AsyncIterator[None]:
    """Inside the block the database at this address is `locked` (every table, against writing) or `gone`."""
    ways = {
        ("sqlite", "locked"): _sqlite_locked,
        ("sqlite", "gone"): _sqlite_gone,
        ("postgresql", "locked"): _postgresql_locked,
        ("postgresql", "gone"): _postgresql_gone,
    }
    async with ways[url.get_backend_name(), kind](url):
        yield


@asynccontextmanager
async def _sqlite_locked(url: URL) -> AsyncIterator[None]:
    with closing(sqlite3.connect(str(url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield  # closing rolls back


@asynccontextmanager
async def _sqlite_gone(url: URL) -> AsyncIterator[None]:
    file = Path(str(url.database))
    away = file.rename(file.with_suffix(".away"))
    try:
        yield
    finally:
        away.rename(file)


@asynccontextmanager
async def _postgresql_locked(url: URL) -> AsyncIterator[None]:
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    async with _connected(url) as other, other.transaction():
        await other.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        yield


@asynccontextmanager
async def _postgresql_gone(url: URL) -> AsyncIterator[None]:
    """Nobody is let in, and who was in is thrown out. The operator works from another database."""
    name = str(url.database)
    async with _connected(url.set(database="template1")) as operator:
        await operator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        await operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
        try:
            yield
        finally:
            await operator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@asynccontextmanager
async def refusing(url: URL, message: str) -> AsyncIterator[None]:
    """Nothing that people send can be accepted, and the database says this about it."""
    inbox = InboxEntry.__tablename__
    if url.get_backend_name() == "sqlite":
        on = [f"CREATE TRIGGER refusing BEFORE INSERT ON {inbox} BEGIN SELECT RAISE(ABORT, '{message}'); END"]
        off = ["DROP TRIGGER refusing"]
    else:
        body = f"BEGIN RAISE EXCEPTION '{message}'; END"
        on = [
            f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
            f"CREATE TRIGGER refusing BEFORE INSERT ON {inbox} FOR EACH ROW EXECUTE FUNCTION refuse()",
        ]
        off = ["DROP FUNCTION refuse CASCADE"]
    await _execute(url, on)
    try:
        yield
    finally:
        await _execute(url, off)


async def _execute(url: URL, statements: Sequence[str]) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)
    await engine.dispose()


@asynccontextmanager
async def silence(url: URL) -> AsyncIterator[None]:
    """PostgreSQL's processes are stopped where they stand: connections live, nothing answers."""
    async with _connected(url) as other:
        rows = await other.fetch("SELECT pid FROM pg_stat_activity WHERE datname IS NOT NULL")
        stopped = [row["pid"] for row in rows]
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def _connected(url: URL) -> AsyncIterator[asyncpg.Connection]:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    try:
        yield connection
    finally:
        await connection.close()

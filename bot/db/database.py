"""The bot's database: engines for both kinds, and the sessions everything runs in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.db.wall import WorkspaceSession

BUSY_SECONDS = 2.0  # waiting longer for a lock would eat Slack's 3 s; the person gets an apology instead
SQLITE_READERS = 4
POSTGRES_CONNECTIONS = 10


class Database:
    """The bot's database: `work()` is one write transaction, `read()` one consistent look."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._writer = _engine(url, writes=True)
        self._reader = _engine(url, writes=False) if self.is_sqlite else self._writer
        self._to_write = asyncio.Semaphore(1 if self.is_sqlite else POSTGRES_CONNECTIONS)
        self._to_read = asyncio.Semaphore(SQLITE_READERS) if self.is_sqlite else self._to_write

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def work(self, workspace_id: str) -> AsyncIterator[AsyncSession]:
        """Commits when the block ends, rolls back when it raises."""
        async with (
            _turn(self._to_write),
            _session(self._writer, workspace_id) as session,
            session.begin(),
        ):
            yield session

    @asynccontextmanager
    async def read(self, workspace_id: str) -> AsyncIterator[AsyncSession]:
        async with _turn(self._to_read), _session(self._reader, workspace_id) as session:
            yield session

    async def workspace_ids(self) -> list[str]:
        """Which workspaces there are: the one question asked outside of any."""
        async with self._reader.connect() as connection:
            return list(await connection.scalars(text("SELECT id FROM workspaces ORDER BY installed_at, id")))

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()


@asynccontextmanager
async def _turn(queue: asyncio.Semaphore) -> AsyncIterator[None]:
    """First come, first served. SQLAlchemy's pool lets newcomers overtake, and in a rush somebody waits in vain."""
    async with asyncio.timeout(BUSY_SECONDS):
        await queue.acquire()
    try:
        yield
    finally:
        queue.release()


def _session(engine: AsyncEngine, workspace_id: str) -> AsyncSession:
    return AsyncSession(
        engine,
        sync_session_class=WorkspaceSession,
        expire_on_commit=False,
        info={"workspace_id": workspace_id},
    )


def _engine(url: URL, *, writes: bool) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(
            url,
            hide_parameters=True,
            pool_size=POSTGRES_CONNECTIONS,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            pool_pre_ping=False,
        )
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=1 if writes else SQLITE_READERS,  # several writers fight through the busy timer: 130 ms p99
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        connect_args={"timeout": BUSY_SECONDS},
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late and is deferred
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        if not writes:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine

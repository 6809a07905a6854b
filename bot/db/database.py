"""The bot's database, and how its sessions are opened."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.db.engine import POSTGRES_CONNECTIONS, SQLITE_READERS, WAIT_SECONDS, create_engine
from bot.db.wall import WorkspaceSession


class Database:
    """The bot's database: `work()` is one write transaction, `read()` one consistent look."""

    def __init__(self, url: URL, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self.url = url
        self._wait_seconds = wait_seconds
        self._writer = create_engine(url, writes=True, wait_seconds=wait_seconds)
        self._reader = (
            create_engine(url, writes=False, wait_seconds=wait_seconds) if self.is_sqlite else self._writer
        )
        self._to_write = asyncio.Semaphore(1 if self.is_sqlite else POSTGRES_CONNECTIONS)
        self._to_read = asyncio.Semaphore(SQLITE_READERS) if self.is_sqlite else self._to_write

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def work(self, workspace_id: str) -> AsyncIterator[AsyncSession]:
        """The transaction commits when the block ends and rolls back when it raises."""
        async with (
            self._turn(self._to_write),
            _session(self._writer, workspace_id) as session,
            session.begin(),
        ):
            yield session

    @asynccontextmanager
    async def read(self, workspace_id: str) -> AsyncIterator[AsyncSession]:
        async with self._turn(self._to_read), _session(self._reader, workspace_id) as session:
            yield session

    async def workspace_ids(self) -> list[str]:
        """The ids of all workspaces. No other query spans workspaces."""
        async with self._reader.connect() as connection:
            return list(await connection.scalars(text("SELECT id FROM workspaces ORDER BY installed_at, id")))

    @asynccontextmanager
    async def _turn(self, queue: asyncio.Semaphore) -> AsyncIterator[None]:
        """First come, first served. SQLAlchemy's pool lets newcomers overtake, and in a rush somebody would
        wait in vain.
        """
        async with asyncio.timeout(self._wait_seconds):
            await queue.acquire()
        try:
            yield
        finally:
            queue.release()

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()


def _session(engine: AsyncEngine, workspace_id: str) -> AsyncSession:
    return AsyncSession(
        engine,
        sync_session_class=WorkspaceSession,
        expire_on_commit=False,
        info={"workspace_id": workspace_id},
    )

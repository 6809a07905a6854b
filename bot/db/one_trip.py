"""aiosqlite with one trip to its thread per statement. By itself it makes four: cursor, execute, fetch, close.

Each trip wakes two threads, and four of them take longer than most statements.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import aiosqlite

ROWS_AHEAD = 64  # aiosqlite's own default, for cursors of its own


class Connection(aiosqlite.Connection):
    """`begin_with_next`: takes the BEGIN along with the first statement."""

    _begin: str | None = None

    def begin_with_next(self, begin: str) -> None:
        self._begin = begin

    def cursor(self) -> "Cursor":  # type: ignore[override]
        return Cursor(self)

    async def rollback(self) -> None:
        """SQLAlchemy rolls back whatever returns to its pool, also what was committed just before."""
        self._begin = None
        if self.in_transaction:
            await super().rollback()

    async def commit(self) -> None:
        self._begin = None
        if self.in_transaction:
            await super().commit()

    async def run(self, statement: Callable[[sqlite3.Connection], None]) -> None:
        begin, self._begin = self._begin, None
        await self._execute(_run, self._conn, begin, statement)  # type: ignore[no-untyped-call]


def _run(
    sqlite: sqlite3.Connection, begin: str | None, statement: Callable[[sqlite3.Connection], None]
) -> None:
    if begin:
        sqlite.execute(begin)
    statement(sqlite)


class Cursor:
    """As much of a cursor as SQLAlchemy uses. All rows are here once `execute` is through."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        await self._connection.run(lambda sqlite: self._keep(sqlite.execute(statement, parameters)))

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> None:
        await self._connection.run(lambda sqlite: self._keep(sqlite.executemany(statement, parameters)))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self._rows = cursor.fetchall()
        self.description = cursor.description
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        self._rows = ()


def connect(database: str, **options: Any) -> Connection:
    """For SQLAlchemy's `async_creator_fn`."""
    connection = Connection(lambda: sqlite3.connect(database, **options), ROWS_AHEAD)
    connection._thread.daemon = True  # as those are that SQLAlchemy makes
    return connection

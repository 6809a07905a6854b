"""The database: the base of all tables, sessions that stay in one workspace, and the engines under them."""

from sqlalchemy.ext.asyncio import AsyncSession as Session

from bot.db.base import Base, Scoped, UtcDateTime, same_workspace
from bot.db.database import Database
from bot.db.wall import (
    THE_WORKSPACE,
    Prepared,
    WrongWorkspace,
    insert_rows,
    insert_selected,
    table_of,
    update_rows,
)

"""The database: what tables are made of, sessions that stay in one workspace, and the engines under them."""

from bot.db.base import Base, Scoped, UtcDateTime, same_workspace
from bot.db.database import Database
from bot.db.wall import WrongWorkspace, insert_rows, insert_selected, update_rows

__all__ = [
    "Base",
    "Database",
    "Scoped",
    "UtcDateTime",
    "WrongWorkspace",
    "insert_rows",
    "insert_selected",
    "same_workspace",
    "update_rows",
]

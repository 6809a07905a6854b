"""The columns that every list kept by HR shares. Each list has a table of its own."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Scoped


class Listed(Scoped):
    """An entry of a list that HR keeps: values, awards. A renamed entry stays the same one; a retired one keeps
    its past.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    meaning: Mapped[str | None]
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


def one_name_in_force(table: str) -> Index:
    """Two active entries never share a name; a retired entry frees its name."""
    in_force = text("retired_at IS NULL")
    return Index(
        f"uq_{table}_name",
        "workspace_id",
        "name",
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )

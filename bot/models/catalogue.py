"""What the rows of every list that HR keeps have in common. Each list has a table of its own."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Scoped


class Listed(Scoped):
    """An entry of a list that HR keeps: values, awards. A renamed one stays the same, a retired one keeps its past."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    meaning: Mapped[str | None]
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


def one_name_in_force(table: str) -> Index:
    """No two entries that are in force have the same name; a retired one leaves its name to others."""
    in_force = text("retired_at IS NULL")
    return Index(
        f"uq_{table}_name",
        "workspace_id",
        "name",
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )

"""Pauses: a paused person gets no unasked message, and no rate counts them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace


class Pause(Scoped, Base):
    """A pause lasts from `since` until `until`, unless it is ended earlier. Overlapping pauses cover their
    union.

    `set_by_id` is the person themselves, their manager or HR.
    """

    __tablename__ = "pauses"
    __table_args__ = (
        same_workspace("person_id", "people"),
        same_workspace("set_by_id", "people"),
        CheckConstraint("since < until", name="order"),
        Index("ix_pauses_workspace_id_person_id_until", "workspace_id", "person_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    set_by_id: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class PauseInForce:
    """The end of all pauses that follow on each other. `set_by` asked for the last of them."""

    until: datetime
    set_by_id: int
    set_by: str


@dataclass(frozen=True, slots=True)
class Silence:
    """No unasked message before that instant. Without an end, it lasts until their Slack status changes."""

    until: datetime | None
    reason: Literal["paused", "away"]

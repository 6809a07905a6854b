"""Work anniversaries: who does not want theirs mentioned, and what a manager sees two weeks before one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace
from bot.models.people import Person


class AnniversaryPreference(Scoped, Base):
    """Says whether somebody's anniversary may be mentioned to their manager. Without a row it may. Nobody sees
    this choice.
    """

    __tablename__ = "anniversary_preferences"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id"),
        same_workspace("person_id", "people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    mentioned: Mapped[bool]
    chosen_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An anniversary as the manager sees it. `thanked_at` and `thanked_by` say when the person was last
    thanked in public.
    """

    person: Person
    years: int
    day: date
    thanked_at: datetime | None
    thanked_by: str | None

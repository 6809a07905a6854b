"""The rhythm of a person's check-in: weekday, time of day, every how many weeks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace
from bot.models.people import Department


class Beat(NamedTuple):
    """Weekday (Monday = 0), local minute of the day at which the window opens, every how many weeks."""

    weekday: int
    minute: int
    every_weeks: int


Source = Literal["person", "department", "company", "pack", "default"]


@dataclass(frozen=True, slots=True)
class RhythmInForce:
    """The rhythm a person is asked in, and who chose it for whom.

    `chosen_by` is a name, empty for the operator's and the shipped rhythm; `place` names the department or
    pack.
    """

    weekday: int
    minute: int
    every_weeks: int
    source: Source
    chosen_by: str | None = None
    place: str | None = None
    chosen_at: datetime | None = None

    @property
    def beat(self) -> Beat:
        return Beat(self.weekday, self.minute, self.every_weeks)


@dataclass(frozen=True, slots=True)
class ChosenRhythm:
    """HR's choice for a department (by its path), or for the whole company."""

    weekday: int
    minute: int
    every_weeks: int
    department: str | None = None


@dataclass(frozen=True, slots=True)
class RhythmSettings:
    """The rhythms HR may change, and the present choices, the company's first."""

    departments: tuple[Department, ...]
    chosen: tuple[ChosenRhythm, ...]


def _once(place: str, column: str | None, condition: str) -> Index:
    where = text(condition)
    return Index(
        f"uq_rhythms_{place}",
        "workspace_id",
        *([column] if column else []),
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


class Rhythm(Scoped, Base):
    """A rhythm chosen by a person for themselves, or by HR for a department or (neither set) the whole company.

    `weekday` counts from Monday = 0; `minute` is the local minute of the day at which the window opens.
    `chosen_by_id` is empty for the operator's choice.
    """

    __tablename__ = "rhythms"
    __table_args__ = (
        same_workspace("person_id", "people"),
        same_workspace("department_id", "departments"),
        same_workspace("chosen_by_id", "people"),
        CheckConstraint("person_id IS NULL OR department_id IS NULL", name="one_place"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("minute BETWEEN 240 AND 1439", name="minute"),  # never 00:00–04:00 local
        CheckConstraint("every_weeks IN (1, 2, 4)", name="every_weeks"),
        _once("person", "person_id", "person_id IS NOT NULL"),
        _once("department", "department_id", "department_id IS NOT NULL"),
        _once("company", None, "person_id IS NULL AND department_id IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None]
    department_id: Mapped[int | None]
    weekday: Mapped[int]
    minute: Mapped[int]
    every_weeks: Mapped[int]
    chosen_by_id: Mapped[int | None]
    chosen_at: Mapped[datetime]


class RhythmQuestion(Scoped, Base):
    """This person was asked "Too often?". Nobody is asked twice."""

    __tablename__ = "rhythm_questions"
    __table_args__ = (
        same_workspace("person_id", "people"),
        Index("uq_rhythm_questions_person", "workspace_id", "person_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    asked_at: Mapped[datetime]

"""The tables of weekly check-ins, their earlier versions, and how the manager responded."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Dialect, Index, String, TypeDecorator, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question, with its wording at that time. A `locked` answer is read by author and manager
    only.
    """

    key: str
    question: str
    text: str
    locked: bool = False


class Answers(TypeDecorator[tuple[Answer, ...]]):
    """The answers of one check-in, in the order of the questions. They are always read and written together."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Answer] | None, dialect: Dialect) -> list[dict[str, Any]]:
        return [asdict(answer) for answer in value or ()]

    def process_result_value(
        self, value: list[dict[str, Any]] | None, dialect: Dialect
    ) -> tuple[Answer, ...]:
        return tuple(Answer(**answer) for answer in value or ())


class Load(StrEnum):
    LIGHT = "light"
    RIGHT = "right"
    HEAVY = "heavy"
    TOO_MUCH = "too_much"


class Audience(StrEnum):
    """The readers of a check-in when it was written. Kept per row: later settings never widen it."""

    MANAGER = "manager"
    LINE = "line"


class Checkin(Scoped, Base):
    """A person writes one per week (its Monday). `manager_id` is the manager it was written for.

    `handed_over_at`: the author later opened it to a new manager, who is `manager_id` since then; locked
    answers stay closed.
    """

    __tablename__ = "checkins"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "person_id", "week"),
        same_workspace("person_id", "people"),
        same_workspace("manager_id", "people"),
        CheckConstraint("energy BETWEEN 1 AND 5", name="energy"),
        Index("ix_checkins_workspace_id_manager_id_week", "workspace_id", "manager_id", "week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    week: Mapped[date]
    manager_id: Mapped[int | None]
    audience: Mapped[Audience] = mapped_column(String(16))
    answers: Mapped[tuple[Answer, ...]] = mapped_column(Answers)
    energy: Mapped[int | None]
    load: Mapped[Load | None] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]

    def answer(self, key: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.key == key), None)


class CheckinRevision(Scoped, Base):
    """The text of a check-in before an edit."""

    __tablename__ = "checkin_revisions"
    __table_args__ = (
        same_workspace("checkin_id", "checkins"),
        UniqueConstraint("workspace_id", "checkin_id", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    checkin_id: Mapped[int]
    revision: Mapped[int]
    answers: Mapped[tuple[Answer, ...]] = mapped_column(Answers)
    energy: Mapped[int | None]
    load: Mapped[Load | None] = mapped_column(String(16))
    replaced_at: Mapped[datetime]


class CheckinComment(Scoped, Base):
    __tablename__ = "checkin_comments"
    __table_args__ = (
        same_workspace("checkin_id", "checkins"),
        same_workspace("author_id", "people"),
        Index("ix_checkin_comments_workspace_id_checkin_id", "workspace_id", "checkin_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    checkin_id: Mapped[int]
    author_id: Mapped[int]
    text: Mapped[str]
    written_at: Mapped[datetime]


class CheckinReaction(Scoped, Base):
    """A reader's emoji; each reader leaves each emoji at most once."""

    __tablename__ = "checkin_reactions"
    __table_args__ = (
        same_workspace("checkin_id", "checkins"),
        same_workspace("person_id", "people"),
        UniqueConstraint("workspace_id", "checkin_id", "person_id", "emoji"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    checkin_id: Mapped[int]
    person_id: Mapped[int]
    emoji: Mapped[str] = mapped_column(String(64))
    reacted_at: Mapped[datetime]


class TakenObstacle(Scoped, Base):
    """The manager took on the week's obstacle: who and when, and when it was removed."""

    __tablename__ = "taken_obstacles"
    __table_args__ = (
        same_workspace("checkin_id", "checkins"),
        same_workspace("person_id", "people"),
        UniqueConstraint("workspace_id", "checkin_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    checkin_id: Mapped[int]
    person_id: Mapped[int]
    taken_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


def _once(column: str, condition: str) -> Index:
    return Index(
        f"uq_pack_choices_{column}",
        "workspace_id",
        *([] if column == "company" else [column]),
        unique=True,
        sqlite_where=text(condition),
        postgresql_where=text(condition),
    )


class PackChoice(Scoped, Base):
    """The question pack of one place: a person, a manager's team, a department, or (none set) the company."""

    __tablename__ = "pack_choices"
    __table_args__ = (
        same_workspace("person_id", "people"),
        same_workspace("team_manager_id", "people"),
        same_workspace("department_id", "departments"),
        CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN team_manager_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN department_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_place",
        ),
        _once("person_id", "person_id IS NOT NULL"),
        _once("team_manager_id", "team_manager_id IS NOT NULL"),
        _once("department_id", "department_id IS NOT NULL"),
        _once("company", "person_id IS NULL AND team_manager_id IS NULL AND department_id IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None]
    team_manager_id: Mapped[int | None]
    department_id: Mapped[int | None]
    pack: Mapped[str] = mapped_column(String(64))
    chosen_at: Mapped[datetime]

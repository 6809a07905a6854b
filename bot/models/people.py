"""The directory: people, departments, reporting lines, and who is an HR admin."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace


class Workspace(Scoped, Base):
    """A Slack workspace; its id is Slack's own (T…). It belongs to itself, so a session sees only its own.

    Nobody is asked for a check-in before `checkins_started_at`. Everything due before `checkins_planned_until`
    has been planned.
    """

    __tablename__ = "workspaces"

    workspace_id: Mapped[str] = mapped_column("id", String(32), primary_key=True)
    name: Mapped[str]
    installed_at: Mapped[datetime]
    last_synced_at: Mapped[datetime | None]
    line_above_reads_checkins: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    checkins_started_at: Mapped[datetime | None]
    checkins_planned_until: Mapped[datetime | None]


class PersonKind(StrEnum):
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"


class Department(Scoped, Base):
    """A node of the department tree. `path` lists the names from the root: "Engineering / Platform"."""

    __tablename__ = "departments"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "path"),
        same_workspace("parent_id", "departments"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    path: Mapped[str]
    parent_id: Mapped[int | None]


class Person(Scoped, Base):
    """Somebody in the directory, known by Slack id, by e-mail, or (before they join Slack) by e-mail only.

    `email` is lower case. `timezone` is the zone in force: the latest one given by Slack or the CSV
    (`slack_timezone` and `csv_timezone` hold the last of each). A title from the CSV counts before Slack's.
    `away_*` mirror the Slack status; `slack_updated_at` is Slack's time stamp, so that a late event undoes
    nothing newer.
    """

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "slack_user_id"),
        UniqueConstraint("workspace_id", "email"),
        same_workspace("department_id", "departments"),
        same_workspace("manager_id", "people"),
        Index("ix_people_workspace_id_manager_id", "workspace_id", "manager_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slack_user_id: Mapped[str | None] = mapped_column(String(32))
    email: Mapped[str | None]
    name: Mapped[str]
    title: Mapped[str | None]
    title_from_csv: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    kind: Mapped[PersonKind] = mapped_column(String(16), default=PersonKind.MEMBER)
    department_id: Mapped[int | None]
    manager_id: Mapped[int | None]
    start_date: Mapped[date | None]
    country: Mapped[str | None] = mapped_column(String(2))
    timezone: Mapped[str | None]
    slack_timezone: Mapped[str | None]
    csv_timezone: Mapped[str | None]
    slack_updated_at: Mapped[datetime | None]
    away_since: Mapped[datetime | None]
    away_until: Mapped[datetime | None]
    deactivated_at: Mapped[datetime | None]

    @property
    def is_active(self) -> bool:
        """A colleague the bot talks with: not a guest, not a bot, not deactivated."""
        return self.kind == PersonKind.MEMBER and self.deactivated_at is None


class ReportingLine(Scoped, Base):
    """A person's managers over time. The open row (no `until`) mirrors `Person.manager_id`."""

    __tablename__ = "reporting_lines"
    __table_args__ = (
        same_workspace("person_id", "people"),
        same_workspace("manager_id", "people"),
        Index(
            "uq_reporting_lines_open",
            "workspace_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index("ix_reporting_lines_workspace_id_manager_id", "workspace_id", "manager_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    manager_id: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class HrGrant(Scoped, Base):
    """The HR role: when it was given, and when it was taken. Slack admins do not get it by being admins."""

    __tablename__ = "hr_grants"
    __table_args__ = (
        same_workspace("person_id", "people"),
        Index(
            "uq_hr_grants_open",
            "workspace_id",
            "person_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

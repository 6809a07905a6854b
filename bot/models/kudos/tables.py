"""Thanks that were given, what became of them, and the values a company thanks for."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace
from bot.models.catalogue import Listed, one_name_in_force


class KudosEvent(StrEnum):
    """All but the first take the kudos back: its giver soon after (undone) or later (withdrawn), or HR (removed)."""

    GIVEN = "given"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class KudosAudience(StrEnum):
    """Who may read it: everybody (a public channel), whoever is in a closed channel, or the receivers alone."""

    COMPANY = "company"
    CHANNEL = "channel"
    RECEIVERS = "receivers"


class CompanyValue(Listed, Base):
    """What this company wants to be thanked for. A renamed one stays the same value, a retired one keeps its past."""

    __tablename__ = "company_values"
    __table_args__ = (UniqueConstraint("workspace_id", "id"), one_name_in_force("company_values"))

    name: Mapped[str] = mapped_column(String(40))


class FormerValueName(Scoped, Base):
    """What a value was called before, until when."""

    __tablename__ = "former_value_names"
    __table_args__ = (
        same_workspace("value_id", "company_values"),
        Index("ix_former_value_names_value", "workspace_id", "value_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    value_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    until: Mapped[datetime]


class Kudos(Scoped, Base):
    """One thank-you. Never deleted, and changed only to fewer readers before it is posted: `KudosEntry` says what
    became of it.

    `channel` is Slack's id of where it is said, if it is said in one. `link` is the message it is about, `goal_id` the
    goal it served.
    """

    __tablename__ = "kudos"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        same_workspace("giver_id", "people"),
        same_workspace("value_id", "company_values"),
        same_workspace("goal_id", "goals"),
        Index("ix_kudos_giver", "workspace_id", "giver_id", "given_at"),
        Index("ix_kudos_given", "workspace_id", "given_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    giver_id: Mapped[int]
    text: Mapped[str]
    value_id: Mapped[int | None]
    goal_id: Mapped[int | None]
    audience: Mapped[KudosAudience] = mapped_column(String(16))
    channel: Mapped[str | None] = mapped_column(String(32))
    link: Mapped[str | None]
    given_at: Mapped[datetime]


class KudosReceiver(Scoped, Base):
    """`in_public`: whether the channel's post names them, as they wished when it went out."""

    __tablename__ = "kudos_receivers"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kudos_id", "person_id"),
        same_workspace("kudos_id", "kudos"),
        same_workspace("person_id", "people"),
        Index("ix_kudos_receivers_person", "workspace_id", "person_id", "kudos_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kudos_id: Mapped[int]
    person_id: Mapped[int]
    in_public: Mapped[bool]


class KudosEntry(Scoped, Base):
    """One line of the record, which only grows: who did what, when, and why. Taken back once at most."""

    __tablename__ = "kudos_entries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kudos_id", "event"),
        same_workspace("kudos_id", "kudos"),
        same_workspace("by_id", "people"),
        Index(
            "uq_kudos_entries_taken_back",
            "workspace_id",
            "kudos_id",
            unique=True,
            sqlite_where=text("event <> 'given'"),
            postgresql_where=text("event <> 'given'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kudos_id: Mapped[int]
    event: Mapped[KudosEvent] = mapped_column(String(16))
    by_id: Mapped[int]
    at: Mapped[datetime]
    reason: Mapped[str | None]


class KudosEcho(Scoped, Base):
    """Somebody's emoji under the post: me too. People are counted, not emoji."""

    __tablename__ = "kudos_echoes"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kudos_id", "person_id", "emoji"),
        same_workspace("kudos_id", "kudos"),
        same_workspace("person_id", "people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kudos_id: Mapped[int]
    person_id: Mapped[int]
    emoji: Mapped[str] = mapped_column(String(128))


class ThanksPreference(Scoped, Base):
    """Somebody wants to be thanked in private, for good; without a row, wherever their colleagues do it."""

    __tablename__ = "thanks_preferences"
    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id"),
        same_workspace("person_id", "people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    in_private: Mapped[bool]
    chosen_at: Mapped[datetime]


class KudosDraft(Scoped, Base):
    """What somebody typed into a command line, kept for its preview until it is sent. Read by nobody else."""

    __tablename__ = "kudos_drafts"
    __table_args__ = (
        same_workspace("giver_id", "people"),
        Index("ix_kudos_drafts_begun", "workspace_id", "begun_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    giver_id: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    begun_at: Mapped[datetime]


class KudosDigest(Scoped, Base):
    """Where HR wants the month's look back posted, and who chose that. One per workspace."""

    __tablename__ = "kudos_digests"
    __table_args__ = (
        UniqueConstraint("workspace_id"),
        same_workspace("chosen_by_id", "people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str | None] = mapped_column(String(32))
    chosen_by_id: Mapped[int]
    chosen_at: Mapped[datetime]

"""The tables of kudos, their record, and the company's values."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace
from bot.models.catalogue import Listed, one_name_in_force


class KudosEvent(StrEnum):
    """All but the first take the kudos back: its giver soon after (undone) or later (withdrawn), or HR
    (removed).
    """

    GIVEN = "given"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class KudosAudience(StrEnum):
    """The readers: everybody (a public channel), the members of a closed channel, or the receivers alone."""

    COMPANY = "company"
    CHANNEL = "channel"
    RECEIVERS = "receivers"


class CompanyValue(Listed, Base):
    """A value the company thanks people for. A renamed value stays the same one; a retired one keeps its past."""

    __tablename__ = "company_values"
    __table_args__ = (UniqueConstraint("workspace_id", "id"), one_name_in_force("company_values"))

    name: Mapped[str] = mapped_column(String(40))


class FormerValueName(Scoped, Base):
    """A value's earlier name, and until when it was used."""

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
    """One thank-you. A row is never deleted, and changes only to fewer readers before it is posted:
    `KudosEntry` records everything later.

    `channel` is the Slack id of the channel it is posted in, if any. `link` is the message it is about,
    `goal_id` the goal it served.
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
    """`in_public`: the channel's post names this receiver, as they wished when it went out."""

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
    """One line of the record, which only grows: who did what, when, and why. Kudos are taken back at most once."""

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
    """A colleague's emoji under the post, meaning "me too". People are counted, not emoji."""

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
    """This person always wants to be thanked in private. Without a row, colleagues choose the place."""

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
    """A typed command line, kept for its preview until it is sent. Only its author reads it."""

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
    """The channel HR chose for the monthly look back, and who chose it. A workspace has one at most."""

    __tablename__ = "kudos_digests"
    __table_args__ = (
        UniqueConstraint("workspace_id"),
        same_workspace("chosen_by_id", "people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str | None] = mapped_column(String(32))
    chosen_by_id: Mapped[int]
    chosen_at: Mapped[datetime]

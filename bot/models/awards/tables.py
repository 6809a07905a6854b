"""The tables of awards: nominations, decisions, announcements."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace
from bot.models.catalogue import Listed, one_name_in_force


class Verdict(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"


class AwardType(Listed, Base):
    """An award one can be nominated for. A renamed one stays the same award, a retired one keeps its past."""

    __tablename__ = "award_types"
    __table_args__ = (UniqueConstraint("workspace_id", "id"), one_name_in_force("award_types"))

    name: Mapped[str] = mapped_column(String(60))


class Nomination(Scoped, Base):
    """A colleague proposes somebody for an award. A row never changes. It is confidential: see
    `policy.may_read_nomination`.

    `conflict` is what HR should know about the two; without it the nominator declared that there is no
    conflict.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        same_workspace("type_id", "award_types"),
        same_workspace("nominator_id", "people"),
        same_workspace("nominee_id", "people"),
        same_workspace("value_id", "company_values"),
        Index("ix_nominations_nominator", "workspace_id", "nominator_id", "nominated_at"),
        Index("ix_nominations_nominated", "workspace_id", "nominated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    type_id: Mapped[int]
    nominator_id: Mapped[int]
    nominee_id: Mapped[int]
    act: Mapped[str]
    effect: Mapped[str]
    value_id: Mapped[int | None]
    evidence: Mapped[str | None]
    conflict: Mapped[str | None]
    nominated_at: Mapped[datetime]


class AwardDecision(Scoped, Base):
    """A nomination is decided once. `budget_code` and `paid_at` are HR's own notes."""

    __tablename__ = "award_decisions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "nomination_id"),
        same_workspace("nomination_id", "nominations"),
        same_workspace("by_id", "people"),
        same_workspace("paid_by_id", "people"),
        Index("ix_award_decisions_at", "workspace_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(String(16))
    by_id: Mapped[int]
    at: Mapped[datetime]
    reason: Mapped[str | None]
    budget_code: Mapped[str | None] = mapped_column(String(40))
    paid_at: Mapped[datetime | None]
    paid_by_id: Mapped[int | None]


class AwardAnnouncement(Scoped, Base):
    """An approved award is announced to its receiver at `due_at`, and to `channels` (Slack's ids) soon after.

    It is a draft until `confirmed_at`; a draft's `due_at` is the hour asked for, None for at once. An award has
    at most one announcement that is confirmed and not withdrawn.
    """

    __tablename__ = "award_announcements"
    __table_args__ = (
        same_workspace("nomination_id", "nominations"),
        same_workspace("by_id", "people"),
        same_workspace("withdrawn_by_id", "people"),
        Index(
            "uq_award_announcements_standing",
            "workspace_id",
            "nomination_id",
            unique=True,
            sqlite_where=text("confirmed_at IS NOT NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("confirmed_at IS NOT NULL AND withdrawn_at IS NULL"),
        ),
        Index("ix_award_announcements_nomination", "workspace_id", "nomination_id", "drafted_at"),
        Index("ix_award_announcements_due", "workspace_id", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int]
    by_id: Mapped[int]
    text: Mapped[str]
    channels: Mapped[list[str]] = mapped_column(JSON)
    due_at: Mapped[datetime | None]
    drafted_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None]

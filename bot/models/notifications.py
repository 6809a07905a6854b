"""Messages the bot owes somebody (planned, sent once, provable), and the inbox where each request counts once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace


class NotificationState(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SKIPPED = "skipped"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reason for a message: its programme, its rule, and who set that rule.

    "{rhythm}" and "{whose}" are filled in with the reader's rhythm and the person who chose it.
    """

    part_of: str
    rule: str
    set_by: str

    @property
    def follows_rhythm(self) -> bool:
        """True if another day and rhythm of the reader would change when such a message comes."""
        return "{rhythm}" in self.rule


class Notification(Scoped, Base):
    """One message to one person. `key` is unique: planning twice plans once.

    With `to_channel` the message is a post in that channel. The person is the owner of the post, whom the bot
    asks for help if Slack refuses it.

    `subject` holds ids only; the policy decides at sending time what the message shows. `nonce` is the opaque
    id in the message's metadata: it finds the message in the DM's history if nobody knows whether it arrived.
    `lease_until`: while *sending*, the time from which its sender counts as lost; while *unknown*, the time of
    the next look into the history.

    `rank` says how much it matters when the reader's day or week is full; only a post has none. `answers_at` is set for
    a direct answer, and for a post: the time when the person did what it answers or posts.

    `local_date` and `timezone` are the ones `due_at` was computed from. `merged_into_id`: the message of that
    notification says this one too, and both share their fate. `update_due_at`: the message in the conversation
    is out of date (answered, snoozed, merged) and will be updated in place, without a ping.

    `opened_at`: the reader first pressed one of its buttons (not its menu). `ended_at`: its moment was found to
    be over, so its buttons go.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "key"),
        same_workspace("person_id", "people"),
        same_workspace("merged_into_id", "notifications"),
        Index("ix_notifications_person_id_sent_at", "workspace_id", "person_id", "sent_at"),
        Index(
            "ix_notifications_update_due",
            "workspace_id",
            "update_due_at",
            sqlite_where=text("update_due_at IS NOT NULL"),
            postgresql_where=text("update_due_at IS NOT NULL"),
        ),
        Index(
            "ix_notifications_merged",
            "workspace_id",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index(
            "ix_notifications_standing",
            "workspace_id",
            "id",
            sqlite_where=text("slack_ts IS NOT NULL AND ended_at IS NULL"),
            postgresql_where=text("slack_ts IS NOT NULL AND ended_at IS NULL"),
        ),
        Index(
            "ix_notifications_posts",
            "workspace_id",
            "slack_channel",
            "slack_ts",
            sqlite_where=text("to_channel IS NOT NULL"),
            postgresql_where=text("to_channel IS NOT NULL"),
        ),
        Index(
            "ix_notifications_due",
            "workspace_id",
            "due_at",
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
        Index(
            "ix_notifications_expiring",
            "workspace_id",
            "expires_at",
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
        Index(
            "ix_notifications_open",
            "workspace_id",
            "lease_until",
            sqlite_where=text("state IN ('sending', 'unknown')"),
            postgresql_where=text("state IN ('sending', 'unknown')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    to_channel: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(64))
    rank: Mapped[int | None] = mapped_column(SmallInteger)
    answers_at: Mapped[datetime | None]
    key: Mapped[str] = mapped_column(String(200))
    subject: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    nonce: Mapped[str] = mapped_column(String(32))
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[NotificationState] = mapped_column(String(16), default=NotificationState.PLANNED)
    reason: Mapped[str | None] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    tried_since: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    slack_channel: Mapped[str | None] = mapped_column(String(32))
    slack_ts: Mapped[str | None] = mapped_column(String(32))
    local_date: Mapped[date | None]
    timezone: Mapped[str | None]
    merged_into_id: Mapped[int | None]
    update_due_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def week(self) -> date:
        """The week that a message of the weekly check-in is about. Other messages have none."""
        return date.fromisoformat(self.subject["week"])


class Lease(Scoped, Base):
    """The leader of a task that only one process may do. `fencing` grows with each new leader, so that a former
    leader who comes back after a pause is recognised.
    """

    __tablename__ = "leases"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32))
    holder: Mapped[str] = mapped_column(String(64))
    fencing: Mapped[int]
    until: Mapped[datetime]


class InboxEntry(Scoped, Base):
    """A request that had its effect. Its key (`event_id`, `view.id`, `trigger_id`) is written in the same
    transaction.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_inbox_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[datetime]

"""What became of a goal: every deed with who and when, how it was closed, what was kept as evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace
from bot.models.goals.tables import Confidence, Deed, GoalState


class GoalEvent(Scoped, Base):
    """One deed. `progress` and `confidence` tell how the goal stood after it, and `note` what was said with it.

    `change` holds what else changed, before and after: {"target": [10, 12]}.
    """

    __tablename__ = "goal_events"
    __table_args__ = (
        same_workspace("goal_id", "goals"),
        same_workspace("person_id", "people"),
        Index("ix_goal_events_workspace_id_goal_id_id", "workspace_id", "goal_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int]
    person_id: Mapped[int]
    deed: Mapped[Deed] = mapped_column(String(24))
    at: Mapped[datetime]
    progress: Mapped[float]
    confidence: Mapped[Confidence | None] = mapped_column(String(16))
    note: Mapped[str | None]
    change: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class GoalClosing(Scoped, Base):
    """How a goal ended: the owner's score and sentence, and the manager's beside them once there are any."""

    __tablename__ = "goal_closings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "goal_id"),
        same_workspace("goal_id", "goals"),
        same_workspace("carried_to_id", "goals"),
        same_workspace("closed_by_id", "people"),
        same_workspace("confirmed_by_id", "people"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        CheckConstraint("manager_score BETWEEN 0 AND 1", name="manager_score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int]
    outcome: Mapped[GoalState] = mapped_column(String(16))
    score: Mapped[float]
    sentence: Mapped[str]
    carried_to_id: Mapped[int | None]
    closed_by_id: Mapped[int]
    closed_at: Mapped[datetime]
    manager_score: Mapped[float | None]
    manager_comment: Mapped[str | None]
    confirmed_by_id: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]


class GoalEvidence(Scoped, Base):
    """A link to a message that shows something about the goal. Only the link is kept; the text stays where it is."""

    __tablename__ = "goal_evidence"
    __table_args__ = (
        same_workspace("goal_id", "goals"),
        same_workspace("added_by_id", "people"),
        UniqueConstraint("workspace_id", "goal_id", "permalink"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int]
    permalink: Mapped[str]
    added_by_id: Mapped[int]
    added_at: Mapped[datetime]


class CheckinGoal(Scoped, Base):
    """Which goal a week's "what matters most next" serves."""

    __tablename__ = "checkin_goals"
    __table_args__ = (
        same_workspace("checkin_id", "checkins"),
        same_workspace("goal_id", "goals"),
        UniqueConstraint("workspace_id", "checkin_id"),
        Index("ix_checkin_goals_workspace_id_goal_id", "workspace_id", "goal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    checkin_id: Mapped[int]
    goal_id: Mapped[int]


@dataclass(frozen=True, slots=True)
class GoalMoment:
    """One deed of a goal's history, with the name of who did it."""

    by: str
    deed: Deed
    at: datetime
    progress: float
    confidence: Confidence | None
    note: str | None
    change: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Evidence:
    permalink: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """The owner's score and sentence, and the manager's beside them once there are any."""

    outcome: GoalState
    score: float
    sentence: str
    closed_by_id: int
    closed_by: str
    closed_at: datetime
    manager_score: float | None
    manager_comment: str | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    carried_to_id: int | None

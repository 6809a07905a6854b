"""A goal, who shares it, how it is measured, the periods HR has set, and the words all of these use."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Dialect, Index, String, TypeDecorator, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace


class Level(StrEnum):
    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"
    PERSON = "person"


RANK = {level: place for place, level in enumerate(Level)}
"""The company's first: a goal serves one of its own level or above."""


class GoalKind(StrEnum):
    """Committed: expected to land at 1.0. Aspirational: 0.6–0.7 is good. Learning: scored by its owner."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"
    LEARNING = "learning"


class Visibility(StrEnum):
    """Open: everybody in the company. Limited: the owners, the owner's manager and HR."""

    OPEN = "open"
    LIMITED = "limited"


class Confidence(StrEnum):
    """The owner's own forecast; never computed over their head."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


WORRYING = (Confidence.AT_RISK, Confidence.OFF_TRACK)


class GoalState(StrEnum):
    PROPOSED = "proposed"
    CHANGE_SUGGESTED = "change_suggested"
    AGREED = "agreed"
    CLOSED = "closed"
    DROPPED = "dropped"
    CARRIED_OVER = "carried_over"


OPEN_STATES = (GoalState.PROPOSED, GoalState.CHANGE_SUGGESTED, GoalState.AGREED)
OUTCOMES = (GoalState.CLOSED, GoalState.DROPPED, GoalState.CARRIED_OVER)


class Measure(StrEnum):
    """How a key result is told: a number on its way, a number to hold, milestones, or done or not."""

    METRIC = "metric"
    HOLD = "hold"
    MILESTONES = "milestones"
    YES_NO = "yes_no"


class Deed(StrEnum):
    """What somebody did to a goal; each leaves a `GoalEvent`."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    SUGGESTED_CHANGE = "suggested_change"
    UPDATED = "updated"
    LEFT_AS_IT_IS = "left_as_it_is"
    EDITED = "edited"
    RETARGETED = "retargeted"
    ADDED_KEY_RESULT = "added_key_result"
    DROPPED_KEY_RESULT = "dropped_key_result"
    ALIGNED = "aligned"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    DROPPED = "dropped"
    CARRIED_OVER = "carried_over"
    CONFIRMED = "confirmed"


UNKNOWN = text("'2000-01-01'")  # SQLite adds no column without a value for the rows that are there


class Goal(Scoped, Base):
    """A result somebody commits to by a date. `progress` (0.0–1.0) follows from its key results, if it has any.

    `owned_since` is None unless the goal was handed over. `team_manager_id` says whose team it belongs to.
    `is_local` means without a parent on purpose. `touched_at` is when an owner last said how it stands. `version`
    counts changes, so that the second of two who change it at once is told of the first; `proposed_version` is the
    last one that somebody was asked to agree to.

    `begins_on` is the first day that counts for progress, pace and pictures: the later of the period's first day and
    the day it was set. `progress` is that of `scored_on`, and each day since adds `daily_gain` by itself, as long as
    numbers to hold are held.
    """

    __tablename__ = "goals"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        same_workspace("owner_id", "people"),
        same_workspace("department_id", "departments"),
        same_workspace("team_manager_id", "people"),
        same_workspace("parent_id", "goals"),
        same_workspace("carried_from_id", "goals"),
        same_workspace("set_by_id", "people"),
        same_workspace("state_by_id", "people"),
        CheckConstraint("progress BETWEEN 0 AND 1", name="progress"),
        CheckConstraint("starts_on <= ends_on", name="order"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="own_parent"),
        CheckConstraint("(level = 'department') = (department_id IS NOT NULL)", name="department"),
        CheckConstraint("(level = 'team') = (team_manager_id IS NOT NULL)", name="team"),
        Index("ix_goals_workspace_id_owner_id_state", "workspace_id", "owner_id", "state"),
        Index("ix_goals_workspace_id_parent_id", "workspace_id", "parent_id"),
        Index("ix_goals_workspace_id_state_ends_on", "workspace_id", "state", "ends_on"),
        Index("ix_goals_workspace_id_state_touched_at", "workspace_id", "state", "touched_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[Level] = mapped_column(String(16))
    owner_id: Mapped[int]
    owned_since: Mapped[datetime | None]
    department_id: Mapped[int | None]
    team_manager_id: Mapped[int | None]
    title: Mapped[str]
    detail: Mapped[str | None]
    kind: Mapped[GoalKind] = mapped_column(String(16))
    visibility: Mapped[Visibility] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(64))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    begins_on: Mapped[date] = mapped_column(server_default=UNKNOWN)
    parent_id: Mapped[int | None]
    is_local: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    carried_from_id: Mapped[int | None]
    set_by_id: Mapped[int]
    set_at: Mapped[datetime]
    state: Mapped[GoalState] = mapped_column(String(16))
    state_by_id: Mapped[int]
    state_since: Mapped[datetime]
    progress: Mapped[float] = mapped_column(default=0.0)
    daily_gain: Mapped[float] = mapped_column(default=0.0, server_default=text("0"))
    scored_on: Mapped[date] = mapped_column(server_default=UNKNOWN)
    confidence: Mapped[Confidence | None] = mapped_column(String(16))
    touched_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    proposed_version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class GoalCoOwner(Scoped, Base):
    """Somebody who answers for a goal together with its owner. `since` is None for those who did from its
    beginning.
    """

    __tablename__ = "goal_co_owners"
    __table_args__ = (
        same_workspace("goal_id", "goals"),
        same_workspace("person_id", "people"),
        UniqueConstraint("workspace_id", "goal_id", "person_id"),
        Index("ix_goal_co_owners_workspace_id_person_id", "workspace_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int]
    person_id: Mapped[int]
    since: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Milestone:
    title: str
    weight: float = 1.0
    done: bool = False


class Milestones(TypeDecorator[tuple[Milestone, ...]]):
    """The milestones of one key result, always read and written together, in their order."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Milestone] | None, dialect: Dialect) -> list[dict[str, Any]]:
        return [asdict(milestone) for milestone in value or ()]

    def process_result_value(
        self, value: list[dict[str, Any]] | None, dialect: Dialect
    ) -> tuple[Milestone, ...]:
        return tuple(Milestone(**milestone) for milestone in value or ())


class KeyResult(Scoped, Base):
    """A key result tells whether the goal is reached. A dropped one no longer counts, and keeps its reason.

    A metric goes from `start` to `target`, up or down; a hold stays within `tolerance` of `target`. A value in per
    cent is kept as the number before the sign. Yes/no: `current` is 1 once it is done.

    A hold counts its days from `held_from` on: `held_days` of them were held before `read_on`, the day of its latest
    reading. `typed` keeps the numbers as they were typed, by the name of their column.
    """

    __tablename__ = "key_results"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        same_workspace("goal_id", "goals"),
        CheckConstraint("measure <> 'metric' OR start <> target", name="start_is_not_target"),
        CheckConstraint("weight > 0", name="weight"),
        Index("ix_key_results_workspace_id_goal_id", "workspace_id", "goal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int]
    title: Mapped[str]
    measure: Mapped[Measure] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(32), default="")
    start: Mapped[float] = mapped_column(default=0.0)
    target: Mapped[float] = mapped_column(default=1.0)
    current: Mapped[float] = mapped_column(default=0.0)
    tolerance: Mapped[float] = mapped_column(default=0.0)
    held_from: Mapped[date | None]
    read_on: Mapped[date | None]
    held_days: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    typed: Mapped[dict[str, str] | None] = mapped_column(JSON, default=dict)
    milestones: Mapped[tuple[Milestone, ...]] = mapped_column(Milestones)
    weight: Mapped[float] = mapped_column(default=1.0)
    dropped_at: Mapped[datetime | None]
    dropped_because: Mapped[str | None]


class GoalPeriod(Scoped, Base):
    """A span HR offers for goals besides the calendar's quarters: a half-year, a business year."""

    __tablename__ = "goal_periods"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        same_workspace("set_by_id", "people"),
        CheckConstraint("starts_on < ends_on", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    set_by_id: Mapped[int]
    set_at: Mapped[datetime]

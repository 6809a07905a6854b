"""One goal to read, with its history and what its reader may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.models.goals.listing import GoalSummary
from bot.models.goals.tables import KeyResult
from bot.models.goals.words import Confidence, Deed, GoalState
from bot.models.people import Person


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
class GoalHistory:
    """Newest first. `before` names where the next page begins, none when this is the last."""

    moments: tuple[GoalMoment, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    permalink: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """The owner's score and sentence beside the manager's, if they gave theirs."""

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


@dataclass(frozen=True, slots=True)
class GoalReading:
    """A goal as one reader may see it, and what they may do about it.

    `key_results` are the live ones, `dropped` those that count no more. `parent` (closed ones too) and `children`
    only where the reader may see them. `readers`: by name those of a limited goal, empty where everybody reads.
    `pace_hint` is a suggestion, no judgement. `scores_itself`: no key result tells its progress, its owner does.
    """

    line: GoalSummary
    detail: str | None
    is_local: bool
    department: str | None
    team_of: str | None
    co_owners: tuple[Person, ...]
    manager_name: str | None
    readers: tuple[str, ...]
    key_results: tuple[KeyResult, ...]
    dropped: tuple[KeyResult, ...]
    parent: GoalSummary | None
    children: tuple[GoalSummary, ...]
    more_children: int
    history: GoalHistory
    evidence: tuple[Evidence, ...]
    closing: Closing | None
    pace_hint: Confidence | None
    state_by: str
    state_since: datetime
    scores_itself: bool
    owner_has_left: bool
    may_change: bool
    may_edit: bool
    may_close: bool
    may_agree: bool
    may_confirm: bool
    may_hand_over: bool

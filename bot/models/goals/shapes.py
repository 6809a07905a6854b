"""What services hand views about goals: what a form offers, one goal to read, and lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.models.goals.history import Closing, Evidence, GoalMoment
from bot.models.goals.tables import (
    OPEN_STATES,
    Confidence,
    GoalKind,
    GoalState,
    KeyResult,
    Level,
    Visibility,
)
from bot.models.paging import Page
from bot.models.people import Department, Person


@dataclass(frozen=True, slots=True)
class Period:
    """`name` is shown and chosen: "Q4 2026". Both days belong to the period."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class GoalPrefill:
    """What the form for a new goal offers this person. The current period comes first.

    The `manager` agrees to the goal, and reads it if it is limited. `open_goals` counts one's own that are open
    already.
    """

    periods: tuple[Period, ...]
    levels: tuple[Level, ...]
    departments: tuple[Department, ...]
    manager: Person | None
    hr: tuple[Person, ...]
    open_goals: int

    @property
    def is_many(self) -> bool:
        """One to three goals keep their place in a head; a fourth is worth a question."""
        return self.open_goals >= 3


@dataclass(frozen=True, slots=True)
class GoalSummary:
    """A goal in a list, with its progress of today. `begins_on` is the first day that counts for progress and pace.

    It is quiet when nobody has reported on it for 30 days on which its owner was there.
    """

    goal_id: int
    version: int
    title: str
    level: Level
    kind: GoalKind
    visibility: Visibility
    state: GoalState
    owner_id: int
    owner_name: str
    period: str
    starts_on: date
    ends_on: date
    begins_on: date
    progress: float
    confidence: Confidence | None
    touched_at: datetime
    parent_id: int | None
    is_quiet: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class GoalList:
    """One page of `pages`, counted from 1; `total` counts all goals."""

    goals: tuple[GoalSummary, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """`depth` 0 is the top of what is shown. `below` counts the goals under this one, at any depth."""

    goal: GoalSummary
    depth: int
    below: int


@dataclass(frozen=True, slots=True)
class Tree:
    """One page of a tree, top down. `under` leads from the top to the goal whose branch is shown."""

    entries: tuple[TreeEntry, ...]
    page: int
    pages: int
    total: int
    period: str
    under: tuple[GoalSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalMember:
    """A report with their first few open goals; `more` counts the rest."""

    person: Person
    goals: tuple[GoalSummary, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TeamGoals:
    """Members with worrying goals come first. `without_goals` counts the reports who have no open goal."""

    members: tuple[GoalMember, ...]
    page: int
    pages: int
    open: int
    quiet: int
    at_risk: int
    off_track: int
    without_goals: int


@dataclass(frozen=True, slots=True)
class Orphan:
    """An open goal whose parent is closed. `suggested` is the parent's successor, or the next open goal above.

    Both are None where this person may not see them.
    """

    goal: GoalSummary
    parent: GoalSummary | None
    suggested: GoalSummary | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person; each list holds its first few.

    `to_close` are own goals whose period is over. `to_agree` were proposed to them, or came back with a suggestion.
    `to_confirm` were closed by their reports. `left_behind` belong to people who have left.
    """

    to_close: tuple[GoalSummary, ...] = ()
    to_agree: tuple[GoalSummary, ...] = ()
    to_confirm: tuple[GoalSummary, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    left_behind: tuple[GoalSummary, ...] = ()
    quiet: tuple[GoalSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """HR's counts of one period; nobody is named. Dropped goals are left out, and `not_updated` counts open ones
    only.

    An aligned goal has a parent, or none on purpose.
    """

    period: str
    people: int
    without_goals: int
    goals: int
    not_updated: int
    alignable: int
    aligned: int

    @property
    def alignment(self) -> float | None:
        """The aligned share of the goals below the company's. None where there are no such goals."""
        return self.aligned / self.alignable if self.alignable else None


@dataclass(frozen=True, slots=True)
class GoalReading:
    """A goal as one reader may see it, and what they may do about it.

    `parent` and `children` are there if the reader may see them. `readers` names those of a limited goal and is
    empty where everybody reads. `pace_hint` is a suggestion, no judgement. `waits_for` was asked to agree and
    has not answered. `scores` holds the score of each key result by its id, as of today or of the day on which the goal
    ended.
    """

    summary: GoalSummary
    detail: str | None
    is_local: bool
    department: str | None
    team_of: str | None
    co_owners: tuple[Person, ...]
    manager_name: str | None
    readers: tuple[str, ...]
    key_results: tuple[KeyResult, ...]
    scores: Mapping[int, float]
    dropped: tuple[KeyResult, ...]
    parent: GoalSummary | None
    children: tuple[GoalSummary, ...]
    more_children: int
    history: Page[GoalMoment]
    evidence: tuple[Evidence, ...]
    closing: Closing | None
    pace_hint: Confidence | None
    waits_for: Person | None
    state_by: str
    state_since: datetime
    is_scored_by_owner: bool
    owner_has_left: bool
    may_change: bool
    may_edit: bool
    may_close: bool
    may_agree: bool
    may_confirm: bool
    may_hand_over: bool

"""What services and views hand each other about goals: what people say, one goal to read, and lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.models.goals.history import Closing, Evidence, GoalHistory
from bot.models.goals.tables import (
    OPEN_STATES,
    Confidence,
    GoalKind,
    GoalState,
    KeyResult,
    Level,
    Measure,
    Milestone,
    Visibility,
)
from bot.models.people import Department, Person


@dataclass(frozen=True, slots=True)
class Period:
    """`name` is how it is chosen and shown: "Q4 2026". Both days belong to it."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class GoalPrefill:
    """What the form for a new goal shows. `periods`: the current one first.

    `manager`: who agrees to it and, if it is limited, reads it. `open_goals`: how many of one's own are open
    already. `departments`: for goals of a department. `levels`: those this person may set.
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
class NewKeyResult:
    """`unit` "%" keeps values as the number before the sign. Milestones need no numbers, yes/no neither."""

    title: str
    measure: Measure = Measure.METRIC
    start: float = 0.0
    target: float = 1.0
    unit: str = ""
    tolerance: float = 0.0
    milestones: tuple[Milestone, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class NewGoal:
    """`period`: a name on offer, none for the current quarter. `owner_id`: none for oneself."""

    title: str
    detail: str = ""
    level: Level = Level.PERSON
    kind: GoalKind = GoalKind.COMMITTED
    visibility: Visibility = Visibility.OPEN
    period: str | None = None
    owner_id: int | None = None
    co_owner_ids: tuple[int, ...] = ()
    department_id: int | None = None
    parent_id: int | None = None
    is_local: bool = False
    key_results: tuple[NewKeyResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """What an owner says about a goal. `seen`: the version they looked at.

    `values`: key result id → number (yes/no: 1 or 0). `done`: key result id → places of the milestones that are done.
    `progress` only where no key result tells it, or for a learning goal.
    """

    goal_id: int
    seen: int
    confidence: Confidence | None = None
    values: Mapping[int, float] = field(default_factory=dict)
    done: Mapping[int, frozenset[int]] = field(default_factory=dict)
    progress: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalSummary:
    """A goal in a list. `is_quiet`: its period runs, and nobody said how it stands for 30 days they were there."""

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
    """One page, from 1 on, of `pages`; `total` counts all."""

    goals: tuple[GoalSummary, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """`depth` 0 is the top of what is shown. `below`: how many goals hang under this one, at any depth."""

    goal: GoalSummary
    depth: int
    below: int


@dataclass(frozen=True, slots=True)
class Tree:
    """One page of a tree, top down. `under` is the way from the top to the goal whose branch it shows."""

    entries: tuple[TreeEntry, ...]
    page: int
    pages: int
    total: int
    period: str
    under: tuple[GoalSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalMember:
    """A report with their open goals, the first few; `more` counts the rest."""

    person: Person
    goals: tuple[GoalSummary, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TeamGoals:
    """Worrying goals first. `without_goals`: reports who have no open goal."""

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
    """An open goal whose parent is closed. `suggested`: the parent's successor, or the next open goal above.

    Of `parent` and `suggested` only what this person may see.
    """

    goal: GoalSummary
    parent: GoalSummary | None
    suggested: GoalSummary | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person; each list its first few.

    `to_close`: own goals whose period is over. `to_agree`: proposed to them, or back to them with a suggestion.
    `to_confirm`: closed by their reports. `left_behind`: goals of people who have left. `quiet`: own ones.
    """

    to_close: tuple[GoalSummary, ...] = ()
    to_agree: tuple[GoalSummary, ...] = ()
    to_confirm: tuple[GoalSummary, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    left_behind: tuple[GoalSummary, ...] = ()
    quiet: tuple[GoalSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts for HR, of one period; nobody is named. All goals but dropped ones; `not_updated`: of the open ones.

    `aligned`: with a parent, or local on purpose.
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
        """The share of goals below the company's that are aligned; none where there are none."""
        return self.aligned / self.alignable if self.alignable else None


@dataclass(frozen=True, slots=True)
class GoalReading:
    """A goal as one reader may see it, and what they may do about it.

    `key_results` are the live ones, `dropped` those that count no more. `parent` (closed ones too) and `children`
    only where the reader may see them. `readers`: by name those of a limited goal, empty where everybody reads.
    `pace_hint` is a suggestion, no judgement. `scores_itself`: no key result tells its progress, its owner does.
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

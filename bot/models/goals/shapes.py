"""What services hand to views and take from them: lines of lists, one goal to read, a form's content, counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.models.goals.tables import KeyResult, Milestone
from bot.models.goals.words import (
    Confidence,
    Deed,
    GoalKind,
    GoalState,
    Level,
    Measure,
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
class GoalLine:
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


@dataclass(frozen=True, slots=True)
class GoalList:
    """One page, from 1 on, of `pages`; `total` counts all."""

    lines: tuple[GoalLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class TreeLine:
    """`depth` 0 is the top of what is shown. `below`: how many goals hang under this one, at any depth."""

    line: GoalLine
    depth: int
    below: int


@dataclass(frozen=True, slots=True)
class Tree:
    """One page of a tree, top down. `under` is the way from the top to the goal whose branch it shows."""

    lines: tuple[TreeLine, ...]
    page: int
    pages: int
    total: int
    period: str
    under: tuple[GoalLine, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalMember:
    """A report with their open goals, the first few; `more` counts the rest."""

    person: Person
    lines: tuple[GoalLine, ...]
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

    line: GoalLine
    detail: str | None
    is_local: bool
    department: str | None
    team_of: str | None
    co_owners: tuple[Person, ...]
    manager_name: str | None
    readers: tuple[str, ...]
    key_results: tuple[KeyResult, ...]
    dropped: tuple[KeyResult, ...]
    parent: GoalLine | None
    children: tuple[GoalLine, ...]
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
    may_close: bool
    may_agree: bool
    may_confirm: bool
    may_hand_over: bool
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class GoalDraft:
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
class Orphan:
    """An open goal whose parent is closed. `suggested`: the parent's successor, or the next open goal above.

    Of `parent` and `suggested` only what this person may see.
    """

    line: GoalLine
    parent: GoalLine | None
    suggested: GoalLine | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person; each list its first few.

    `to_close`: own goals whose period is over. `to_agree`: proposed to them, or back to them with a suggestion.
    `to_confirm`: closed by their reports. `left_behind`: goals of people who have left. `quiet`: own ones.
    """

    to_close: tuple[GoalLine, ...] = ()
    to_agree: tuple[GoalLine, ...] = ()
    to_confirm: tuple[GoalLine, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    left_behind: tuple[GoalLine, ...] = ()
    quiet: tuple[GoalLine, ...] = ()


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

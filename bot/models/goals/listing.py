"""Many goals at a time: lines and pages of them, a team's, a tree, what waits for somebody, and counts."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.models.goals.words import OPEN_STATES, Confidence, GoalKind, GoalState, Level, Visibility
from bot.models.people import Person


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

    lines: tuple[GoalSummary, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """`depth` 0 is the top of what is shown. `below`: how many goals hang under this one, at any depth."""

    line: GoalSummary
    depth: int
    below: int


@dataclass(frozen=True, slots=True)
class Tree:
    """One page of a tree, top down. `under` is the way from the top to the goal whose branch it shows."""

    lines: tuple[TreeEntry, ...]
    page: int
    pages: int
    total: int
    period: str
    under: tuple[GoalSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalMember:
    """A report with their open goals, the first few; `more` counts the rest."""

    person: Person
    lines: tuple[GoalSummary, ...]
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

    line: GoalSummary
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

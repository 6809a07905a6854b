"""What people say about goals: a new one, how one stands; and what the form offers them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.models.goals.tables import Milestone
from bot.models.goals.words import Confidence, GoalKind, Level, Measure, Visibility
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

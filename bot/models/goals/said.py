"""What people say about goals, as views hand it to services: a new goal, a new key result, an update."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.models.goals.tables import Confidence, GoalKind, Level, Measure, Milestone, Visibility


@dataclass(frozen=True, slots=True)
class NewKeyResult:
    """A unit of "%" keeps values as the number before the sign. Milestones and yes/no need no numbers.

    `typed` holds numbers as they were typed, by name: {"target": "1,5"}.
    """

    title: str
    measure: Measure = Measure.METRIC
    start: float = 0.0
    target: float = 1.0
    unit: str = ""
    tolerance: float = 0.0
    milestones: tuple[Milestone, ...] = ()
    weight: float = 1.0
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewGoal:
    """`period` is a name on offer; None means the current quarter. `owner_id` is None for oneself."""

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
    """What an owner says about a goal. `seen` is the version they looked at.

    `values` maps key results to numbers (yes/no: 1 or 0), and `typed` to the text in which a number was typed.
    `done` maps key results to the places of finished milestones. `progress` is only for goals that their owner scores.
    """

    goal_id: int
    seen: int
    confidence: Confidence | None = None
    values: Mapping[int, float] = field(default_factory=dict)
    done: Mapping[int, frozenset[int]] = field(default_factory=dict)
    progress: float | None = None
    note: str = ""
    typed: Mapping[int, str] = field(default_factory=dict)

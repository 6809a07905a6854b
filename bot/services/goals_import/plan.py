"""What an import would add, or its mistakes. Values only."""

from dataclasses import dataclass

from bot.models.goals import NewKeyResult, Period
from bot.services.goals_import.sheet import SheetGoal
from bot.services.tables import Problem


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """One goal to add. `parent`: the id of a goal there is, or minus the line of one in this file."""

    row: SheetGoal
    owner_id: int
    owner_name: str
    period: Period
    department_id: int | None
    team_manager_id: int | None
    parent: int | None = None

    @property
    def node(self) -> int:
        return -self.row.line

    @property
    def key_results(self) -> tuple[NewKeyResult, ...]:
        return self.row.key_results


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Problems, or else the goals to add."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    new: tuple[GoalPlan, ...] = ()
    unchanged: int = 0

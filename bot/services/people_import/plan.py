"""An import's plan: its mistakes, or its changes. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.services.tables import Problem


@dataclass(frozen=True, slots=True)
class Difference:
    """The change of one field, in words: old → new."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """One person to write. `node` is the id of a known person, or minus the line of a new one."""

    node: int
    name: str
    values: Mapping[str, object]
    department: str | None
    manager: int | None
    differences: tuple[Difference, ...]

    @property
    def is_new(self) -> bool:
        return self.node < 0

    @property
    def changes_manager(self) -> bool:
        return any(difference.field == "manager" for difference in self.differences)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Problems, or else the people to write.

    `confirmed`: the file repeats what we know, so only its word is recorded, and they count as unchanged.
    `absent`: colleagues who are missing in the file; they stay.
    """

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    new: tuple[PersonPlan, ...] = ()
    changed: tuple[PersonPlan, ...] = ()
    confirmed: tuple[PersonPlan, ...] = ()
    unchanged: int = 0
    absent: int = 0
    new_departments: tuple[str, ...] = ()

    @property
    def managers_changed(self) -> int:
        return sum(person.changes_manager for person in (*self.new, *self.changed))

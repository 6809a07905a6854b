"""From the lines of a table to goals with their key results: what a file says, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from bot.errors import Invalid
from bot.models.goals import GoalKind, Level, Measure, NewKeyResult, Visibility
from bot.notation import read_number, read_unit
from bot.services.goals import limits
from bot.services.tables import Problem, Reader, Table, Unreadable, email, quoted, read_table
from bot.services.tables.table import Record

Word = TypeVar("Word", bound=StrEnum)

NEEDED = (("owner_email",), ("title",))
OF_KEY_RESULT = ("key_result", "start", "target", "unit", "measure")
SAID_ONCE = ("kind", "visibility", "parent_title")  # may be left empty on the further lines of a goal
NO_WAY = "is the same as start, so there is no way to go. Change one; for a number to hold, write hold as its measure."


def title(cell: str) -> str:
    if len(cell) > limits.TITLE:
        raise Unreadable(f"is {len(cell)} characters long, {limits.TITLE} at most. Shorten it a little.")
    return cell


def measure(cell: str) -> Measure:
    """A line of a table has room for these two. Milestones are named in Slack."""
    if cell.lower() not in (Measure.METRIC, Measure.HOLD):
        raise Unreadable(
            f"{quoted(cell)} is neither metric nor hold. For yes or no leave start and target empty."
        )
    return Measure(cell.lower())


def one_of(words: type[Word]) -> Callable[[str], Word]:
    def read(cell: str) -> Word:
        try:
            return words(cell.lower())
        except ValueError:
            raise Unreadable(f"{quoted(cell)} is none of these: {', '.join(words)}.") from None

    return read


def unit(cell: str) -> str:
    return _typed(read_unit, cell)


def number(cell: str, unit: str) -> float:
    """The unit is that of the same line."""
    return _typed(lambda text: read_number(text, unit=unit), cell)


Value = TypeVar("Value")


def _typed(read: Callable[[str], Value], cell: str) -> Value:
    try:
        return read(cell)
    except Invalid as mistake:
        raise Unreadable(f"{quoted(cell)}: {mistake.sentence}") from None


READERS: Mapping[str, Reader] = {
    "owner_email": email,
    "level": one_of(Level),
    "title": title,
    "kind": one_of(GoalKind),
    "period": title,
    "visibility": one_of(Visibility),
    "parent_title": title,
    "key_result": title,
    "unit": unit,
    "measure": measure,
    "start": str,
    "target": str,
}


@dataclass(frozen=True, slots=True)
class SheetGoal:
    """A goal as the file has it. `period` is None for the current quarter; `said` names the columns that are filled
    in.
    """

    line: int
    owner_email: str
    title: str
    level: Level = Level.PERSON
    period: str | None = None
    kind: GoalKind = GoalKind.COMMITTED
    visibility: Visibility = Visibility.OPEN
    parent_title: str | None = None
    key_results: tuple[NewKeyResult, ...] = ()
    said: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, ...]:
        return (self.owner_email, self.level, (self.period or "").casefold(), self.title.casefold())


@dataclass(slots=True)
class Sheet:
    """The goals in the order of the file, and what was wrong with the rest."""

    ignored: tuple[str, ...]
    problems: list[Problem]
    goals: list[SheetGoal] = field(default_factory=list)


def read_sheet(records: Iterable[Record]) -> Sheet:
    table = read_table(records, READERS, NEEDED)
    sheet = Sheet(table.ignored, table.problems)
    goals: dict[tuple[str, ...], SheetGoal] = {}
    for line, cells in table.rows:
        _read_line(table, line, cells, goals)
    sheet.goals = list(goals.values())
    return sheet


def _read_line(
    table: Table, line: int, cells: Mapping[str, str], goals: dict[tuple[str, ...], SheetGoal]
) -> None:
    values: dict[str, Any] = table.values(line, cells, READERS)
    for column in ("owner_email", "title"):
        if not cells[column]:
            table.problems.append(
                Problem(line, column, "is empty. Every line names its goal and who owns it.")
            )
    key_result = _key_result(table, line, values)
    if "owner_email" not in values or "title" not in values:
        return
    own = {name: value for name, value in values.items() if name not in OF_KEY_RESULT}
    goal = SheetGoal(line, **own, key_results=(key_result,) if key_result else (), said=frozenset(own))
    first = goals.setdefault(goal.key, goal)
    if first is not goal:
        goals[goal.key] = _joined(table, first, goal)


def _joined(table: Table, first: SheetGoal, more: SheetGoal) -> SheetGoal:
    """A further line adds its key result, and must not contradict the first one."""
    for column in SAID_ONCE:
        if column in more.said and getattr(more, column) != getattr(first, column):
            sentence = (
                f"is not what line {first.line} says about the same goal. Write the same, or leave it empty."
            )
            table.problems.append(Problem(more.line, column, sentence))
    names = {result.title.casefold() for result in first.key_results}
    if not more.key_results or more.key_results[0].title.casefold() in names:
        sentence = f"belongs to the goal of line {first.line}, and adds no key result of its own."
        table.problems.append(Problem(more.line, "key_result", sentence))
    return replace(first, key_results=first.key_results + more.key_results)


def _key_result(table: Table, line: int, values: Mapping[str, Any]) -> NewKeyResult | None:
    """Numbers tell the way from start to target. A key result without any is done or not."""
    title, unit = values.get("key_result"), values.get("unit", "")
    if title is None:
        for column in (name for name in OF_KEY_RESULT if name in values):
            table.problems.append(
                Problem(line, column, "measures nothing: the key_result of this line is empty.")
            )
        return None
    if not {"start", "target"} & values.keys():
        for column in {"unit", "measure"} & values.keys():
            sentence = "needs numbers: give start and target, or leave it empty for something done or not."
            table.problems.append(Problem(line, column, sentence))
        return NewKeyResult(title, Measure.YES_NO)
    numbers = {column: _number(table, line, column, values, unit) for column in ("start", "target")}
    start, target = numbers["start"], numbers["target"]
    if start is None or target is None:
        return None
    measure = values.get("measure", Measure.METRIC)
    if measure == Measure.METRIC and start == target:
        table.problems.append(Problem(line, "target", NO_WAY))
        return None
    return NewKeyResult(title, measure, start=start, target=target, unit=unit)


def _number(table: Table, line: int, column: str, values: Mapping[str, Any], unit: str) -> float | None:
    if column not in values:
        table.problems.append(Problem(line, column, "is empty. Give both start and target, or neither."))
        return None
    try:
        return number(values[column], unit)
    except Unreadable as mistake:
        table.problems.append(Problem(line, column, str(mistake)))
        return None

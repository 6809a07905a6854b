"""Turns CSV text into rows of values, and lists every mistake with its place. It does not know the directory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.services.people_import.cells import READERS
from bot.services.tables import Problem, Table, csv_records, read_table

NEEDED = (("slack_user_id", "email"),)


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the file. An empty cell is None."""

    line: int
    slack_user_id: str | None = None
    email: str | None = None
    name: str | None = None
    manager_email: str | None = None
    department: str | None = None
    title: str | None = None
    start_date: date | None = None
    country: str | None = None
    timezone: str | None = None


@dataclass(slots=True)
class Sheet:
    """The readable rows, the columns present, and the mistakes."""

    columns: frozenset[str]
    ignored: tuple[str, ...]
    problems: list[Problem]
    rows: list[Row] = field(default_factory=list)


def read_sheet(text: str) -> Sheet:
    table = read_table(csv_records(text), READERS, NEEDED)
    sheet = Sheet(table.columns, table.ignored, table.problems)
    for line, cells in table.rows:
        _read_row(sheet, table, line, cells)
    return sheet


def _read_row(sheet: Sheet, table: Table, line: int, cells: Mapping[str, str]) -> None:
    """A row with a mistake keeps its correct cells: others may name this person as their manager."""
    row = Row(line, **table.values(line, cells, READERS))  # type: ignore[arg-type]
    if row.slack_user_id or row.email:
        sheet.rows.append(row)
    elif not (cells.get("slack_user_id") or cells.get("email")):
        sheet.problems.append(Problem(line, None, "names nobody. Give a slack_user_id or an email."))

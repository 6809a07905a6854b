"""From CSV text to rows of values, with every mistake and where it is. Knows nothing about who is there already."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import StringIO

from bot.services.people_import.cells import READERS, Unreadable, tidy
from bot.services.people_import.plan import Problem

SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the file has them. An empty cell is None."""

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
    """The readable rows, the columns that are there, and what was wrong with the rest."""

    columns: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheet(text: str) -> Sheet:
    sheet = Sheet()
    try:
        _read(text.removeprefix("\ufeff"), sheet)
    except _Stop as stop:
        sheet.problems.append(stop.problem)
    return sheet


class _Stop(Exception):
    """A mistake after which the rest cannot be read."""

    def __init__(self, line: int, sentence: str) -> None:
        self.problem = Problem(line, None, sentence)


def _read(text: str, sheet: Sheet) -> None:
    records = _records(text)
    line, header = next(records, (1, []))
    names = _columns(line, header)
    sheet.columns = frozenset(names) & READERS.keys()
    sheet.ignored = tuple(name for name in names if name and name not in READERS)
    for line, cells in records:
        if len(cells) != len(names):
            sentence = (
                f"has {len(cells)} cells, the header has {len(names)}. Quote cells with a separator in them."
            )
            sheet.problems.append(Problem(line, None, sentence))
            continue
        _read_row(sheet, line, dict(zip(names, cells, strict=True)))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line each begins on. A quoted cell may span lines; empty lines do not count."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            tidied = [tidy(cell) for cell in cells]
            if any(tidied):
                yield begins, tidied
            begins = reader.line_num + 1
    except csv.Error:
        raise _Stop(
            begins, "cannot be read from here on: a quote is opened and not closed, or closed too early."
        ) from None


def _separator(text: str) -> str:
    header = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _columns(line: int, header: Sequence[str]) -> list[str]:
    names = ["_".join(cell.lower().split()) for cell in header]
    known = [name for name in names if name in READERS]
    if not {"slack_user_id", "email"} & set(known):
        raise _Stop(line, "needs a header with a column slack_user_id or email.")
    twice = [name for name in READERS if known.count(name) > 1]
    if twice:
        raise _Stop(line, f"has the column {twice[0]} twice.")
    return names


def _read_row(sheet: Sheet, line: int, cells: Mapping[str, str]) -> None:
    """A row with a mistake is kept for what is right in it: others may name this person as their manager."""
    row = Row(line)
    for column in (name for name in READERS if cells.get(name)):
        try:
            row = replace(row, **{column: READERS[column](cells[column])})  # type: ignore[arg-type]
        except Unreadable as mistake:
            sheet.problems.append(Problem(line, column, str(mistake)))
    if row.slack_user_id or row.email:
        sheet.rows.append(row)
    elif not (cells.get("slack_user_id") or cells.get("email")):
        sheet.problems.append(Problem(line, None, "names nobody. Give a slack_user_id or an email."))

"""Turns records into rows by column, and lists every mistake with its place."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.services.tables.cells import Unreadable

Record = tuple[int, list[str]]
Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the file. `line` counts as an editor or a spreadsheet does, the header being line 1."""

    line: int
    column: str | None
    sentence: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.sentence}"


class Stop(Exception):
    """After this mistake the rest of the file cannot be read."""

    def __init__(self, line: int, sentence: str) -> None:
        self.problem = Problem(line, None, sentence)


@dataclass(slots=True)
class Table:
    """The rows of the right width, the columns present, and the mistakes."""

    columns: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    rows: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def values(self, line: int, cells: Mapping[str, str], readers: Mapping[str, Reader]) -> dict[str, object]:
        """The readable cells of one row, without empty ones; the others become problems."""
        values: dict[str, object] = {}
        for column in (name for name in readers if cells.get(name)):
            try:
                values[column] = readers[column](cells[column])
            except Unreadable as mistake:
                self.problems.append(Problem(line, column, str(mistake)))
        return values


def read_table(records: Iterable[Record], known: Collection[str], needed: Sequence[tuple[str, ...]]) -> Table:
    """`known` are the columns that are read; each group in `needed` must have one of its columns in the file."""
    table = Table()
    try:
        _read(iter(records), known, needed, table)
    except Stop as stop:
        table.problems.append(stop.problem)
    return table


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by line. Of several about one cell only the first is kept, as the others follow from it."""
    first: dict[tuple[int, str | None], Problem] = {}
    for problem in problems:
        first.setdefault((problem.line, problem.column), problem)
    return tuple(sorted(first.values(), key=lambda problem: problem.line))


def _read(
    records: Iterator[Record], known: Collection[str], needed: Sequence[tuple[str, ...]], table: Table
) -> None:
    line, header = next(records, (1, []))
    names = ["_".join(cell.lower().split()) for cell in header]
    _check_header(line, [name for name in names if name in known], needed)
    table.columns = frozenset(names) & frozenset(known)
    table.ignored = tuple(name for name in names if name and name not in known)
    for line, cells in records:
        if len(cells) == len(names):
            table.rows.append((line, dict(zip(names, cells, strict=True))))
        else:
            sentence = f"has {len(cells)} cells, the header has {len(names)}."
            table.problems.append(Problem(line, None, f"{sentence} Quote cells with a separator in them."))


def _check_header(line: int, found: Sequence[str], needed: Sequence[tuple[str, ...]]) -> None:
    for group in needed:
        if not set(group) & set(found):
            raise Stop(line, f"needs a header with a column {' or '.join(group)}.")
    twice = next((name for name in found if found.count(name) > 1), None)
    if twice:
        raise Stop(line, f"has the column {twice} twice.")

"""What the cells of goals may hold: each reader gives the value, or raises `Unreadable` with the remedy."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from bot.errors import Invalid
from bot.models.goals import GoalKind, Level, Measure, Visibility
from bot.notation import read_number, read_unit
from bot.services.goals import typed
from bot.services.tables import Reader, Unreadable, email, quoted

Word = TypeVar("Word", bound=StrEnum)


def title(cell: str) -> str:
    if len(cell) > typed.TITLE:
        raise Unreadable(f"is {len(cell)} characters long, {typed.TITLE} at most. Shorten it a little.")
    return cell


def measure(cell: str) -> Measure:
    """What one line of a table has room for; milestones are named in Slack."""
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
    """With the unit of its own line."""
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

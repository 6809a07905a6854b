"""An exported spreadsheet opens as it was meant: text as text, numbers as numbers."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.views.csv_file import STARTS_FORMULA
from bot.views.xlsx_file import xlsx_file
from tests.selection import examples


def cells(content: bytes) -> list[list[tuple[object, str]]]:
    """Value and kind ("s" is text, "f" a formula, "n" a number, "d" a date) of every cell."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


def written(*values: object) -> Sequence[tuple[object, str]]:
    return cells(xlsx_file("Goals", [f"column {n}" for n, _ in enumerate(values)], [values]))[1]


@pytest.mark.parametrize("start", [*STARTS_FORMULA, " =", "  @"])
def test_no_cell_starts_a_formula(start: str) -> None:
    ((value, kind),) = written(f"{start}HYPERLINK(1)")
    assert kind == "s"
    assert str(value).startswith("'")


@settings(max_examples=examples(50), deadline=None)
@given(st.text(min_size=1))
def test_any_text_is_written_as_text(text: str) -> None:
    ((_, kind),) = written(text)
    assert kind == "s"


def test_what_looks_like_something_else_stays_text() -> None:
    assert [kind for _, kind in written("#N/A", "1e5", "2026-11-21", "TRUE", "https://example.com")] == [
        "s"
    ] * 5


def test_numbers_stay_numbers_days_stay_days_and_nothing_stays_empty() -> None:
    target, day, none = written(12.5, date(2026, 11, 21), None)
    assert target == (12.5, "n")
    assert day[1] == "d"
    assert none == (None, "n")


def test_the_header_stays_in_sight() -> None:
    sheet = load_workbook(BytesIO(xlsx_file("Goals", ["title"], [["a"] for _ in range(99)]))).worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet.max_row) == ("Goals", "A2", 100)

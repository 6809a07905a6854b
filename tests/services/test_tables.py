"""What people save in a spreadsheet is read as they saw it, as CSV and as XLSX alike."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.notation import read_number
from bot.services.tables import Table, csv_records, read_table, xlsx_records
from bot.services.tables.from_xlsx import MOST_BYTES
from bot.views.csv_file import csv_file
from bot.views.xlsx_file import xlsx_file
from tests.selection import examples

COLUMNS = ("title", "target")
NEEDED = (("title",),)


def xlsx(rows: Iterable[Iterable[object]], formats: Mapping[str, str] = MappingProxyType({})) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for place, number_format in formats.items():
        sheet[place].number_format = number_format
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def from_xlsx(content: bytes) -> Table:
    return read_table(xlsx_records(content), COLUMNS, NEEDED)


def from_csv(text: str) -> Table:
    return read_table(csv_records(text), COLUMNS, NEEDED)


def cell(value: object, number_format: str | None = None) -> str:
    formats = {"B2": number_format} if number_format else {}
    table = from_xlsx(xlsx([COLUMNS, ["a title", value]], formats))
    return table.rows[0][1]["target"]


def problems(table: Table) -> list[str]:
    return [str(problem) for problem in table.problems]


@pytest.mark.parametrize("number", [0, 7, -3, 1.5, 0.1 + 0.2, 12.345, 1_500_000, 1e-7])
def test_a_number_of_a_spreadsheet_is_read_as_that_number(number: float) -> None:
    assert read_number(cell(number)) == pytest.approx(number)


def test_what_a_spreadsheet_shows_as_percent_is_read_as_percent() -> None:
    assert read_number(cell(0.12, "0%"), unit="%") == 12
    assert read_number(cell(0.125, "0.0%"), unit="%") == 12.5


def test_days_and_yes_are_read_as_somebody_would_type_them() -> None:
    midnight = datetime(2026, 11, 21)  # noqa: DTZ001  spreadsheets know no zones
    assert cell(date(2026, 11, 21)) == cell(midnight) == "2026-11-21"
    assert (cell(True), cell(None)) == ("yes", "")


def test_empty_rows_and_columns_at_the_end_do_not_count() -> None:
    table = from_xlsx(xlsx([[*COLUMNS, None], [], ["Grow", 5, None, ""], [None, ""], ["Shrink"]]))
    assert table.problems == []
    assert table.rows == [(3, {"title": "Grow", "target": "5"}), (5, {"title": "Shrink", "target": ""})]


def test_mistakes_of_the_whole_table_are_named_with_their_line() -> None:
    assert problems(from_csv("name\nGrow\n")) == ["line 1: needs a header with a column title."]
    assert problems(from_csv("title,target,title\n")) == ["line 1: has the column title twice."]
    assert problems(from_csv("title,target\nGrow,1,2\n")) == [
        "line 2: has 3 cells, the header has 2. Quote cells with a separator in them."
    ]
    assert problems(from_xlsx(xlsx([["title"], ["Grow"], ["Grow", "more"]]))) == [
        "line 3: has 2 cells, the header has 1. Quote cells with a separator in them."
    ]


def test_no_spreadsheet_is_said_to_be_none() -> None:
    (problem,) = problems(from_xlsx(b"title,target\nGrow,5\n"))
    assert problem.startswith("line 1: cannot be read") and "CSV UTF-8" in problem


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=20))
def test_a_damaged_spreadsheet_is_read_or_refused(place: int, damage: bytes) -> None:
    content = bytearray(xlsx([COLUMNS, ["Grow", 5]]))
    at = place % len(content)
    content[at : at + len(damage)] = damage
    from_xlsx(bytes(content))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED, compresslevel=1) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", bytes(MOST_BYTES + 1))
    assert "too big" in problems(from_xlsx(bomb.getvalue()))[0]


@pytest.mark.parametrize("text", ["=1+1", "-5 % churn", "@ana", "'tis fine", 'Grow; "fast", now', "+ more"])
def test_our_own_exports_are_read_back_as_they_were(text: str) -> None:
    for table in (
        from_csv(csv_file(COLUMNS, [[text, 12.345]]).decode("utf-8-sig")),
        from_xlsx(xlsx_file("Goals", COLUMNS, [[text, 12.345]])),
    ):
        (row,) = [cells for _, cells in table.rows]
        assert (row["title"], read_number(row["target"])) == (text, 12.345)

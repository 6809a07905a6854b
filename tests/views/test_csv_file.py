"""An exported file opens as text: nothing a person typed starts a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.csv_file import STARTS_FORMULA, csv_file


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", [*STARTS_FORMULA, " =", "  @"])
def test_no_cell_starts_a_formula(start: str) -> None:
    (cell,) = read(csv_file(["answer"], [[f"{start}HYPERLINK(1)"]]))[1]
    assert cell.startswith("'")


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    back = read(csv_file(["a", "b"], rows))[1:]
    bare = [[cell.removeprefix("'") for cell in row] for row in back]
    assert bare == [[cell.removeprefix("'") for cell in row] for row in rows]


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert read(csv_file(["energy", "load"], [[-1, None]]))[1] == ["-1", ""]

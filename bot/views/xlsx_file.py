"""XLSX files serve people whose spreadsheet mangles CSV. Numbers stay numbers; typed text cannot start a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from bot.views.csv_file import safe

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no character of XML 1.0
WIDEST, AIR = 60, 2  # width of a column, in characters


def xlsx_file(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The file has one sheet; its header is bold and stays visible. Text is guarded as in a CSV."""
    from openpyxl import Workbook  # takes half a second to load, so it is loaded on demand
    from openpyxl.utils import get_column_letter

    table = [header, *rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, row in enumerate(table):
        sheet.append([_cell(sheet, value, is_header=line == 0) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: object, *, is_header: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, _value(value))
    if isinstance(cell.value, str):
        cell.data_type = "s"  # even if it looks like a formula, an error or a number
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _value(value: object) -> Any:
    if value is None or isinstance(value, int | float | date):
        return value
    return UNWRITABLE.sub("�", safe(value))


def _widths(table: Sequence[Sequence[object]]) -> Iterator[int]:
    for column in zip(*table, strict=True):
        yield min(WIDEST, max(len(str(value)) for value in column) + AIR)

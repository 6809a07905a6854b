"""Reads the records of an XLSX's first sheet, with the line of each, every cell as somebody would type it."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from struct import error as StructError
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from bot.notation import plain_number
from bot.services.tables.cells import tidy
from bot.services.tables.table import Record, Stop

MOST_BYTES = 100 * 2**20  # unpacked: a sheet of 100,000 rows takes a tenth of it, a bomb all there is
BROKEN = (
    *(BadZipFile, ZlibError, StructError, EOFError, OSError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, RuntimeError),
)
UNREADABLE = "cannot be read: this is no XLSX, or a damaged one. Save it anew, or save it as CSV UTF-8."


def xlsx_records(content: bytes) -> Iterator[Record]:
    """Empty rows do not count. A formula counts with the value it had when the file was saved."""
    width = 0
    for line, cells in enumerate(_sheet(content), start=1):
        filled = _without_empty_end(cells)
        width = width or len(filled)
        if filled:
            yield line, filled + [""] * (width - len(filled))


def _sheet(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # loaded only when somebody opens a spreadsheet

    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise Stop(1, "is too big. Save it as CSV UTF-8, or in parts.")
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return [[tidy(_typed(cell)) for cell in row] for row in workbook.worksheets[0].iter_rows()]
    except BROKEN:  # every error that a damaged file was seen to raise
        raise Stop(1, UNREADABLE) from None


def _typed(cell: Any) -> str:
    """A number as `read_number` expects it. A spreadsheet that shows 12 % holds 0.12."""
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        is_share = "%" in (cell.number_format or "")
        return f"{plain_number(float(Decimal(str(value)) * 100))} %" if is_share else plain_number(value)
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells

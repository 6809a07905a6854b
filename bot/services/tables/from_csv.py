"""Reads the records of a CSV, with the line where each begins."""

import csv
from collections.abc import Iterator
from io import StringIO

from bot.services.tables.cells import tidy
from bot.services.tables.table import Record, Stop

SEPARATORS = (",", ";", "\t")


def csv_records(text: str) -> Iterator[Record]:
    """A quoted cell may span lines; empty lines do not count."""
    text = text.removeprefix("\ufeff")
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            tidied = [tidy(cell) for cell in cells]
            if any(tidied):
                yield begins, tidied
            begins = reader.line_num + 1
    except csv.Error:
        raise Stop(
            begins, "cannot be read from here on: a quote is opened and not closed, or closed too early."
        ) from None


def _separator(text: str) -> str:
    header = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=header.count)

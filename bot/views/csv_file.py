"""Spreadsheets open these CSV files as text: nothing a person typed can start a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.notation import plain_number

STARTS_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "＝",
    "＋",
    "－",
    "＠",
)  # OWASP ASVS 5.0, 1.2.10


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The file follows RFC 4180, in UTF-8 with the byte order mark that Excel needs to read accents."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def safe(cell: object) -> str:
    """Numbers and dates stay; text that would start a formula, also behind spaces, gets a leading apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return plain_number(cell)
    text = str(cell)
    if isinstance(cell, int):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_FORMULA) else text

"""A number with its unit, as people write it in one go: "20 tickets", "€3k", "12 %"."""

import re

from bot.errors import Invalid
from bot.notation import read_number, read_unit

PARTS = re.compile(
    r"(?P<before>[^\d+\-−–.,٫]*)"
    r"(?P<number>[+\-−–]?[\d.,'’٫٬\u00a0\u2007-\u2009\u202f ]*\d(?:[ \u00a0]?[kKM](?!\w))?)"
    r"\s*(?P<behind>[^\d]*)"
)
UNREAD = "There is no number I can read where one belongs. Write 20, 1.5, 12 % or 3k."


def split(text: str, *, field: str) -> tuple[float, str]:
    parts = PARTS.fullmatch(text.strip())
    if parts is None:
        raise Invalid(UNREAD, field=field)
    unit = read_unit(parts["before"].strip() or parts["behind"].strip(), field=field)
    return read_number(parts["number"], unit=unit, field=field), unit

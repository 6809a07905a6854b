"""The readers of cells that all imports share. Each returns the value, or raises `Unreadable` with the mistake
and its remedy.
"""

import re
import unicodedata

LONGEST = 200  # characters of a name or title; longer cells are a quoting mistake
GUARD = re.compile(r"^'(?= *[=+\-@＝＋－＠])")  # our exports put this before text that would start a formula
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Unreadable(Exception):
    """Its text follows "line 7, country: "."""


def text(cell: str) -> str:
    if len(cell) > LONGEST:
        raise Unreadable(f"is {len(cell)} characters long, {LONGEST} at most. Is a quote missing?")
    return cell


def email(cell: str) -> str:
    if not EMAIL.fullmatch(text(cell)):
        raise Unreadable(f"{quoted(cell)} is not an e-mail address.")
    return cell.lower()


def tidy(cell: str) -> str:
    """One line without control characters. Quoted line breaks and stray bytes become spaces, and the guard that
    our exports add is removed.
    """
    readable = "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in cell)
    return GUARD.sub("", " ".join(readable.split()))


def quoted(cell: str) -> str:
    return f'"{cell[:40]}…"' if len(cell) > 40 else f'"{cell}"'

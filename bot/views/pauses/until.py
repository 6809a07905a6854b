"""The typed end of a pause ("Monday", "2 weeks", "1 December") is read as a day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.errors import Invalid
from bot.views.times import WEEKDAYS

FIELD = "until"
EXAMPLES = "Monday, tomorrow, 2 weeks, 1 December or 2026-12-01"
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LETTERS = 3  # a name may be cut to this many letters: Mon, Tues, Dec, Sept

_lead_in = re.compile(r"^(?:until|till|for|in|next|on)\s+", re.IGNORECASE)
_amount = re.compile(r"(a|an|one|\d{1,4}) (day|week|month)s?")
_written = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?")
_american = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")


def read_until(text: str, *, today: date) -> date:
    """The result is the day on which the pause ends. Raises `Invalid` for text it does not understand; days in the past
    are returned.
    """
    words = " ".join(text.lower().replace(",", " ").replace(".", " ").split())
    while match := _lead_in.match(words):
        words = words[match.end() :]
    for understood in READINGS:
        if (day := understood(words, today)) is not None:
            return day
    raise Invalid(f"I do not understand until when. Write for instance {EXAMPLES}.", field=FIELD)


def _named(words: str, today: date) -> date | None:
    """The words are "tomorrow", "next week" and weekdays. A weekday is always in the future: "Monday" said on a Monday
    is the next one.
    """
    if words in ("today", "now"):
        return today
    if words == "tomorrow":
        return today + timedelta(days=1)
    weekday = 0 if words == "week" else _begins(words, WEEKDAYS)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _iso(words: str, today: date) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _distance(words: str, today: date) -> date | None:
    match = _amount.fullmatch(words)
    if match is None:
        return None
    many = int(match[1]) if match[1].isdecimal() else 1
    return today + timedelta(days=many * {"day": 1, "week": 7, "month": 30}[match[2]])


def _in_words(words: str, today: date) -> date | None:
    """The text may read "1 December", "Dec 1" or "1st of December 2026". Without a year, the next such day is taken."""
    number, month, year = None, None, None
    if match := _written.fullmatch(words):
        number, month, year = match[1], match[2], match[3]
    elif match := _american.fullmatch(words):
        month, number, year = match[1], match[2], match[3]
    index = _begins(month or "", MONTHS)
    if number is None or index is None:
        return None
    if year:
        return _day(int(year), index + 1, int(number))
    coming = (_day(today.year + ahead, index + 1, int(number)) for ahead in range(9))
    return next((day for day in coming if day and day > today), None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _begins(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < LETTERS:
        return None
    return next((index for index, name in enumerate(names) if name.lower().startswith(word)), None)


READINGS: tuple[Callable[[str, date], date | None], ...] = (_named, _iso, _distance, _in_words)

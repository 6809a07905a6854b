"""How long a text about a goal may be, and which numbers make sense."""

import math

from bot.errors import Invalid

TITLE, DETAIL, NOTE, UNIT = 150, 2000, 1000, 16  # characters
YOURS = "; yours has"  # how much somebody wrote, in the sentence that it is too long
LARGEST = 1e12  # beyond that a number is a slip of the keyboard


def number(value: float, *, field: str) -> float:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise Invalid("That number is out of range. Write it shorter, with a larger unit: 3 M€.", field=field)
    return value


def score(value: float, *, field: str) -> float:
    if not 0 <= value <= 1:
        raise Invalid(
            "A score lies between 0.0 and 1.0, where 1.0 is all of it. For 60 % write 0.6.", field=field
        )
    return value

"""The kinds of planned notices and their keys: one per person, kind and week."""

from datetime import date

NUDGE = "checkins.nudge"
REMINDER = "checkins.reminder"
DIGEST = "checkins.digest"
WELCOME = "welcome"
PLANNED = (NUDGE, REMINDER, DIGEST, WELCOME)  # by the clock, not by what somebody did
UNASKED = (NUDGE, REMINDER, DIGEST, WELCOME, "checkins.shared")  # what counts against a person's budget


def key(kind: str, person_id: int, week: date | None = None) -> str:
    """`week` is the Monday of the local week in which the notice is due; a welcome has none."""
    return f"{kind}:{person_id}:{week}" if week else f"{kind}:{person_id}"

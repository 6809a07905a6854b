"""The kinds of unasked notifications, and the keys of the planned ones: one per person, kind and week."""

from datetime import date

NUDGE = "checkins.nudge"
REMINDER = "checkins.reminder"
DIGEST = "checkins.digest"
WELCOME = "welcome"
GOAL_PROPOSED = "goals.proposed"
GOAL_ANSWERED = "goals.answered"  # to whoever waits for it, so not unasked
GOAL_OFF_TRACK = "goals.off_track"
GOAL_CLOSED = "goals.closed"
GOALS_ENDED = "goals.period_ended"
KUDOS_RECEIVED = "kudos.received"
AWARDS_WAITING = "awards.waiting"
ANNIVERSARY = "anniversaries.coming"
KUDOS_REMOVED = "kudos.removed"
PLANNED = (NUDGE, REMINDER, DIGEST, WELCOME)  # by the weekly check-in, so not while it is not started
UNASKED = (
    *PLANNED,
    "checkins.shared",
    GOAL_PROPOSED,
    GOAL_OFF_TRACK,
    GOAL_CLOSED,
    GOALS_ENDED,
    KUDOS_RECEIVED,
    AWARDS_WAITING,
    ANNIVERSARY,
    KUDOS_REMOVED,
)  # count against the budget


def key(kind: str, person_id: int, week: date | None = None) -> str:
    """`week` is the Monday of the local week in which the notification is due; a welcome has none."""
    return f"{kind}:{person_id}:{week}" if week else f"{kind}:{person_id}"

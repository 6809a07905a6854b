"""The kinds of messages about somebody's check-in, and their keys."""

from datetime import date

from bot.models.notifications import Why
from bot.services.notifications import Kind, Rank

SHARED = Kind(
    name="checkins.shared",
    rank=Rank.NEWS,
    why=Why(
        part_of="Weekly check-in",
        rule="I tell you once when somebody who reports to you has shared a check-in.",
        set_by="The directory says who reports to you; your HR admins keep it.",
    ),
)
ANSWERED = Kind(
    name="checkins.answered",
    rank=Rank.WAITS,
    why=Why(
        part_of="Weekly check-in",
        rule="I tell you when a colleague answers to a check-in that you wrote or answered.",
        set_by="You or that colleague.",
    ),
)
KINDS = (SHARED, ANSWERED)


def shared_key(checkin_id: int, manager_id: int) -> str:
    return f"{SHARED.name}:{checkin_id}:{manager_id}"


def answered_key(checkin_id: int, recipient_id: int, day: date) -> str:
    return f"{ANSWERED.name}:{checkin_id}:{recipient_id}:{day}"

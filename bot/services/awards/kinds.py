"""The kinds of notifications about awards, and their keys."""

from datetime import date

from bot.services.nudges.kinds import AWARDS_WAITING

DECIDED = "awards.decided"
RECEIVED = "awards.received"
POSTED = "awards.posted"


def waiting_key(person_id: int, day: date) -> str:
    """`day` is the person's: however many are nominated, HR hears of it once."""
    return f"{AWARDS_WAITING}:{person_id}:{day}"


def decided_key(nomination_id: int) -> str:
    return f"{DECIDED}:{nomination_id}"


def received_key(announcement_id: int) -> str:
    return f"{RECEIVED}:{announcement_id}"


def posted_key(announcement_id: int, channel: str) -> str:
    return f"{POSTED}:{announcement_id}:{channel}"

"""The kinds of notifications about kudos, and their keys."""

from datetime import date, datetime, timedelta

from bot.services.nudges.kinds import KUDOS_RECEIVED, KUDOS_REMOVED

POSTED = "kudos.posted"
DIGEST = "kudos.digest"


def posted_key(kudos_id: int) -> str:
    return f"{POSTED}:{kudos_id}"


def received_key(kudos_id: int, person_id: int) -> str:
    return f"{KUDOS_RECEIVED}:{kudos_id}:{person_id}"


def removed_key(kudos_id: int) -> str:
    return f"{KUDOS_REMOVED}:{kudos_id}"


def digest_key(month: date) -> str:
    """One a month, wherever it is said."""
    return f"{DIGEST}:{month:%Y-%m}"


def quoting_key(given_at: datetime) -> str:
    """Of the look back that may quote thanks given then: the one of the month after."""
    return digest_key((given_at.date().replace(day=1) + timedelta(days=31)).replace(day=1))

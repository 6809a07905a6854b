"""The kinds of notices about kudos, and their keys."""

from datetime import date

POSTED = "kudos.posted"
RECEIVED = "kudos.received"
REMOVED = "kudos.removed"
DIGEST = "kudos.digest"


def posted_key(kudos_id: int) -> str:
    return f"{POSTED}:{kudos_id}"


def received_key(kudos_id: int, person_id: int) -> str:
    return f"{RECEIVED}:{kudos_id}:{person_id}"


def removed_key(kudos_id: int) -> str:
    return f"{REMOVED}:{kudos_id}"


def digest_key(month: date) -> str:
    """One a month, wherever it is said."""
    return f"{DIGEST}:{month:%Y-%m}"

"""The kinds of messages about kudos, and their keys."""

from datetime import date, datetime, timedelta

from bot.models.notifications import Why
from bot.services.kudos import endings
from bot.services.notifications import Kind, Rank
from bot.spelling import command

TAKEN_BACK = {"taken_back": "what it was about was taken back"}
POSTED = Kind(
    name="kudos.posted",
    rank=None,
    why=Why(
        part_of="Kudos",
        rule="I post thanks in the channel that was chosen for them.",
        set_by="You, when you gave them.",
    ),
    ends=endings.taken_back,
    reasons=TAKEN_BACK,
)
RECEIVED = Kind(
    name="kudos.received",
    rank=Rank.THANKS,
    why=Why(
        part_of="Kudos",
        rule="I tell you when a colleague thanks you, together with what else there is to say that day.",
        set_by=f"Your colleague. With {command('kudos mine')} you choose to be thanked in private.",
    ),
    ends=endings.taken_back,
    kept_in=f"what you were thanked for, in `{command('kudos mine')}`",
    reasons=TAKEN_BACK,
)
REMOVED = Kind(
    name="kudos.removed",
    rank=Rank.NEWS,
    why=Why(
        part_of="Kudos",
        rule="I tell you when HR removes thanks you gave in a channel, and the reason they gave.",
        set_by="The HR admin who removed them.",
    ),
    ends=endings.removed,
)
DIGEST = Kind(
    name="kudos.digest",
    rank=None,
    why=Why(
        part_of="Kudos",
        rule="Once a month I post some of the thanks that were given in channels.",
        set_by="The HR admin who chose the channel.",
    ),
    ends=None,
    reasons={"nothing_to_say": "nothing to say that month"},
)
KINDS = (POSTED, RECEIVED, REMOVED, DIGEST)


def posted_key(kudos_id: int) -> str:
    return f"{POSTED.name}:{kudos_id}"


def received_key(kudos_id: int, person_id: int) -> str:
    return f"{RECEIVED.name}:{kudos_id}:{person_id}"


def removed_key(kudos_id: int) -> str:
    return f"{REMOVED.name}:{kudos_id}"


def digest_key(month: date) -> str:
    """A month has one look back, whatever its channel."""
    return f"{DIGEST.name}:{month:%Y-%m}"


def quoting_key(given_at: datetime) -> str:
    """The key of the look back that may quote these thanks: the one of the following month."""
    return digest_key((given_at.date().replace(day=1) + timedelta(days=31)).replace(day=1))

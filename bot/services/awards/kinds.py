"""The kinds of messages about awards, and their keys."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notification, Person
from bot.models.notifications import Why
from bot.services import notifications
from bot.services.notifications import Kind, Rank, Wait

LEAD = timedelta(minutes=1)  # the receiver hears of it this long before any channel


async def _receiver_first(
    session: AsyncSession, notification: Notification, owner: Person, now: datetime
) -> Wait | None:
    """A channel waits until the receiver knows of the award, however long their hours, a pause or Slack delay that."""
    key = received_key(notification.subject["announcement"])
    told_at = await notifications.waiting_since(session, key)
    return Wait(max(now, told_at) + LEAD, "receiver_first") if told_at else None


WITHDRAWN = {"withdrawn": "whoever planned it took it back in time"}
WAITING = Kind(
    name="awards.waiting",
    rank=Rank.WAITS,
    why=Why(
        part_of="Awards",
        rule="I tell HR admins, once a day at most, when a colleague was nominated and nobody has decided yet.",
        set_by="Whoever installed Rapport says who is an HR admin.",
    ),
    reasons={"decided": "somebody has decided meanwhile"},
)
DECIDED = Kind(
    name="awards.decided",
    rank=Rank.NEWS,
    why=Why(
        part_of="Awards",
        rule="I tell you what was decided about your nomination.",
        set_by="You, when you nominated a colleague.",
    ),
)
RECEIVED = Kind(
    name="awards.received",
    rank=Rank.WAITS,
    why=Why(
        part_of="Awards",
        rule="I tell you of an award of yours before anybody else hears of it.",
        set_by="The HR admin who announced it.",
    ),
    reasons=WITHDRAWN,
)
POSTED = Kind(
    name="awards.posted",
    rank=None,
    why=Why(
        part_of="Awards",
        rule="I post an award in the channels that were chosen for it.",
        set_by="You, when you announced it.",
    ),
    over=_receiver_first,
    reasons={**WITHDRAWN, "receiver_first": "its receiver is still to hear of it"},
)
KINDS = (WAITING, DECIDED, RECEIVED, POSTED)


def waiting_key(person_id: int, day: date) -> str:
    """`day` is the HR admin's local day: they hear of new nominations once a day, however many there are."""
    return f"{WAITING.name}:{person_id}:{day}"


def decided_key(nomination_id: int) -> str:
    return f"{DECIDED.name}:{nomination_id}"


def received_key(announcement_id: int) -> str:
    return f"{RECEIVED.name}:{announcement_id}"


def posted_key(announcement_id: int, channel: str) -> str:
    return f"{POSTED.name}:{announcement_id}:{channel}"

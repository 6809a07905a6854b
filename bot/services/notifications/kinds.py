"""What a kind of message is: one row that says all the platform has to know of it.

Each capability declares its own kinds. The ledger, the courier and the menu below a message ask the row, and name no
capability.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notification, Person
from bot.models.notifications import Why


class Rank(IntEnum):
    """How much a message matters when its reader's day or week is full: the smaller, the more."""

    OWN = 1
    """The reader's own question, and what is due today."""
    WAITS = 2
    """Somebody waits for the reader's word or help."""
    NEWS = 3
    THANKS = 4


@dataclass(frozen=True, slots=True)
class Over:
    """The message is not said any more; `reason` is a code for the ledger."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The message is not said before then; `reason` is a code for the ledger."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AskedWeek:
    """The week for which a message asks its reader to write, and the keys of everything that asks for it."""

    week: date
    keys: tuple[str, ...]


Rule = Callable[[AsyncSession, Notification, Person, datetime], Awaitable[Over | Wait | None]]
"""The kind's own question, asked at the last moment: is this still to be said? None means yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of message.

    `rank` has no default, so that nobody forgets it. A ranked message keeps the reader's hours, pauses and budget;
    None is for what answers the reader's own doing, and for posts. `useful_until` says when it stops to make sense:
    an operator cannot have it said after that. `asks_for` is there where it asks its reader to write about a week,
    so that they can answer "not this week". `reasons` are the words for its own codes in the ledger: why it waits or
    was not said.
    """

    name: str
    rank: Rank | None
    why: Why
    over: Rule | None = None
    useful_until: Callable[[Notification, Person], datetime | None] | None = None
    asks_for: Callable[[Notification], AskedWeek] | None = None
    reasons: Mapping[str, str] = field(default_factory=dict, hash=False)

    def is_useful_until(self, notification: Notification, person: Person) -> datetime | None:
        return self.useful_until(notification, person) if self.useful_until else None

    def asked_week(self, notification: Notification) -> AskedWeek | None:
        return self.asks_for(notification) if self.asks_for else None

"""A kind of message is one row that holds everything the platform has to know about it.

Each capability declares its own kinds. The ledger, the courier and the menu below a message read the row, and
name no capability.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notification, Person
from bot.models.notifications import Why


class Rank(IntEnum):
    """The importance of a message when its reader's day or week is full: a smaller number comes first."""

    OWN = 1
    """The reader's own question, what they have to do today, and what comes at a time that they were told. It is never
    displaced: neither postponed for another message nor merged into an older one.
    """
    WAITS = 2
    """Somebody waits for the reader's word or help, or answers them. It gets a message of its own in working hours."""
    NEWS = 3
    """News keep the budget and leave room for the reader's own question. If today's message stands, they join it."""
    THANKS = 4
    """Thanks wait and join as news do."""


@dataclass(frozen=True, slots=True)
class Over:
    """The message will not be sent; `reason` is a code for the ledger."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The message is not sent before `until`; `reason` is a code for the ledger."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AskedWeek:
    """A message asks its reader to write about this week; `keys` are all messages that ask for it."""

    week: date
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """The moment of a message is over: what became of it, by whom, and when.

    `says` is a sentence without its full stop, or empty if the composer's own words say it all. "{who}" in it becomes
    the name of `by`, or "You" for the reader; the time follows it. `may_open`: nothing was decided, so an old
    button still opens the same page.
    """

    says: str
    by: Person | None = None
    at: datetime | None = None
    may_open: bool = False


Ends = Callable[[AsyncSession, Sequence[Notification], datetime], Awaitable[Mapping[int, Ended]]]
"""The kind's own rule for messages that stand in a conversation: which of them are over, by the notification's id.

It is asked for many at once, and for how many never changes how often it asks the database.
"""


Rule = Callable[[AsyncSession, Notification, Person, datetime], Awaitable[Over | Wait | None]]
"""The kind's own check just before sending: is the message still wanted? None means yes."""


ComesAt = Callable[[AsyncSession, Person, datetime], Awaitable[datetime | None]]
"""The time of this week's question of that kind; None if it has come, or is no longer needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of message.

    `rank` has no default, so that nobody forgets it. Every message to a person has one and keeps the reader's hours
    and pauses; None is for posts in channels alone, and the ledger takes nothing else. `ends` has no default either:
    without it a message may have no buttons, and the courier refuses to send any. `useful_until` says when the
    message stops making sense: after that an operator cannot resend it. `asks_for` is set if it asks its reader to
    write about a week, so that they can answer "not this week". `comes_at` is set for the reader's own regular
    question: news and thanks leave it its day, and room in the week. `kept_in` says where the reader finds it again, if
    not on Home. `reasons` explains the kind's own codes in the ledger: why it waits or was not sent.
    """

    name: str
    rank: Rank | None
    why: Why
    ends: Ends | None
    over: Rule | None = None
    useful_until: Callable[[Notification, Person], datetime | None] | None = None
    asks_for: Callable[[Notification], AskedWeek] | None = None
    comes_at: ComesAt | None = None
    kept_in: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict, hash=False)

    def is_useful_until(self, notification: Notification, person: Person) -> datetime | None:
        return self.useful_until(notification, person) if self.useful_until else None

    def asked_week(self, notification: Notification) -> AskedWeek | None:
        return self.asks_for(notification) if self.asks_for else None

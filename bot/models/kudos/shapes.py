"""The values that the kudos service takes and returns: a new thank-you, one to read, one's own collection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.models.kudos.tables import CompanyValue, KudosAudience, KudosEvent
from bot.models.paging import Page
from bot.models.people import Person


@dataclass(frozen=True, slots=True)
class Thanks:
    """A new thank-you. `receivers` are Slack ids. Without a `channel` only giver and receivers read it.

    `closed`: the channel is a private one of Slack's.
    """

    receivers: tuple[str, ...]
    text: str
    value_id: int | None = None
    channel: str | None = None
    closed: bool = False
    link: str | None = None
    goal_id: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedThanks:
    """A thank-you that passed every check. The post in the channel will not name the receivers `in_private`.

    `goal` is the title of the goal it served.
    """

    thanks: Thanks
    receivers: tuple[Person, ...]
    in_private: tuple[Person, ...]
    value: CompanyValue | None
    goal: str | None = None

    @property
    def named(self) -> tuple[Person, ...]:
        """The receivers that the channel's post names: none without a channel, or if all of them want it in
        private.
        """
        if self.thanks.channel is None:
            return ()
        return tuple(one for one in self.receivers if one not in self.in_private)

    @property
    def channel(self) -> str | None:
        """The channel of the post; None as well if every receiver wants it in private."""
        return self.thanks.channel if self.named else None

    @property
    def audience(self) -> KudosAudience:
        if self.channel is None:
            return KudosAudience.RECEIVERS
        return KudosAudience.CHANNEL if self.thanks.closed else KudosAudience.COMPANY


@dataclass(frozen=True, slots=True)
class GivenKudos:
    """Kudos as one viewer may see it. `named` are the receivers this viewer may learn of; the post in the
    channel leaves out `unnamed`, some of these. `echoes` counts people who reacted. `goal` is the title of the
    goal it served, as long as everybody may read that goal.
    """

    kudos_id: int
    giver: Person
    named: tuple[Person, ...]
    text: str
    value: str | None
    channel: str | None
    link: str | None
    given_at: datetime
    taken_back: KudosEvent | None
    echoes: int
    is_own: bool
    goal: str | None = None
    unnamed: tuple[Person, ...] = ()
    names_viewer: bool = False


@dataclass(frozen=True, slots=True)
class ValueCount:
    """The number of kudos for one value in the month that begins on that day; `value` is None for kudos without
    one.
    """

    month: date
    value: str | None
    given: int
    received: int


@dataclass(frozen=True, slots=True)
class MyKudos:
    """`counts` has the newest month first. `given` and `received` are the newest few."""

    counts: Sequence[ValueCount]
    given: Page[GivenKudos]
    received: Page[GivenKudos]
    in_private: bool

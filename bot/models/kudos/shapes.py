"""What goes into the kudos service and comes out of it: a thank-you to be, one to read, one's own collection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.models.kudos.tables import CompanyValue, KudosAudience, KudosEvent
from bot.models.paging import Page
from bot.models.people import Person


@dataclass(frozen=True, slots=True)
class Thanks:
    """What somebody wants to say. `receivers`: Slack ids, as picked. Without a `channel` it stays between them.

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
    """Nothing speaks against it. `in_private`: those of the receivers whom the post in the channel will not name.

    `goal`: the title of the goal it served.
    """

    thanks: Thanks
    receivers: tuple[Person, ...]
    in_private: tuple[Person, ...]
    value: CompanyValue | None
    goal: str | None = None

    @property
    def named(self) -> tuple[Person, ...]:
        """Whom the channel's post names; nobody without a channel, or when all of them want it in private."""
        if self.thanks.channel is None:
            return ()
        return tuple(one for one in self.receivers if one not in self.in_private)

    @property
    def channel(self) -> str | None:
        """Where it will be posted; none as well when nobody wants it there."""
        return self.thanks.channel if self.named else None

    @property
    def audience(self) -> KudosAudience:
        if self.channel is None:
            return KudosAudience.RECEIVERS
        return KudosAudience.CHANNEL if self.thanks.closed else KudosAudience.COMPANY


@dataclass(frozen=True, slots=True)
class GivenKudos:
    """As one viewer may see it. `named`: the receivers this viewer learns of; `unnamed`: those of them whom the post
    in the channel leaves out. `echoes`: people who reacted. `goal`: the title of the goal it served, as long as
    everybody may read that.
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
    """How often, in the `month` that begins on that day, for one value; no `value` for thanks without one."""

    month: date
    value: str | None
    given: int
    received: int


@dataclass(frozen=True, slots=True)
class MyKudos:
    """`counts`: newest month first. `given` and `received`: the newest few."""

    counts: Sequence[ValueCount]
    given: Page[GivenKudos]
    received: Page[GivenKudos]
    in_private: bool

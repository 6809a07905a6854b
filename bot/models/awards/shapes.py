"""What goes into the awards service and comes out of it: a nomination to be, one to read, an award as all see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.models.awards.tables import Verdict
from bot.models.groups import Table
from bot.models.people import Person


class Standing(StrEnum):
    """How far a nomination has come. Scheduled: confirmed, and its hour has not come. Left: approved, but whoever was
    to hear of it went before.
    """

    WAITING = "waiting"
    DECLINED = "declined"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    ANNOUNCED = "announced"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class NewNomination:
    """What a nominator fills in. `nominee` is a Slack id; empty texts for what was left out."""

    nominee: str | None
    type_id: int | None
    act: str
    effect: str
    value_id: int | None = None
    evidence: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided. `reason` goes to the nominator, `budget_code` stays with HR."""

    verdict: Verdict
    by: Person
    at: datetime
    reason: str | None
    budget_code: str | None
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenNomination:
    """As one viewer may see it. Of the decision a nominator sees the verdict and the reason.

    `as_hr`: the viewer handles it; `conflict` and the decision's budget code and payment are there for those only.
    `may_decide`: they may, and nobody has yet.
    """

    nomination_id: int
    award: str
    nominee: Person
    nominator: Person
    act: str
    effect: str
    value: str | None
    evidence: str | None
    conflict: str | None
    nominated_at: datetime
    standing: Standing
    decision: Decision | None
    announced_at: datetime | None
    as_hr: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class GivenAward:
    """An announced award, as every colleague sees it: nothing of who nominated, nothing of money.

    `channels`: Slack's ids of where it is announced.
    """

    award: str
    receiver: Person
    value: str | None
    text: str
    channels: tuple[str, ...]
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class Announcing:
    """A drafted announcement, ready to be looked at. `due_at`: none for at once.

    `fastest`, `slowest`: how long Slack takes to let it into all the channels.
    """

    announcement_id: int
    nomination_id: int
    award: GivenAward
    due_at: datetime | None
    fastest: timedelta
    slowest: timedelta


@dataclass(frozen=True, slots=True)
class AwardsOverview:
    """The page about awards. HR admins alone see `waiting`, what this admin may decide on, `more_waiting`,
    how many wait besides, `approved`, what is to be announced, and `decided`, all else.
    """

    is_hr: bool
    waiting: Sequence[SeenNomination]
    more_waiting: int
    approved: Sequence[SeenNomination]
    decided: Sequence[SeenNomination]
    mine: Sequence[SeenNomination]
    given: Sequence[GivenAward]


@dataclass(frozen=True, slots=True)
class AwardFigures:
    """Of one year. `departments`: how many in each received an award, as far as that may be told. `any_given`: at all;
    that is no secret, as everybody can see the awards that count here.
    """

    people: int
    any_given: bool
    departments: Table

    @property
    def receivers(self) -> int | None:
        return self.departments.total(0)

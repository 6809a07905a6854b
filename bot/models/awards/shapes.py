"""The values that the awards service takes and returns: a new nomination, one to read, a given award."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.models.awards.tables import Verdict
from bot.models.groups import Table
from bot.models.people import Person


class Standing(StrEnum):
    """The progress of a nomination. Scheduled: confirmed for a later hour. Left: approved, but the receiver
    left the company before hearing of it.
    """

    WAITING = "waiting"
    DECLINED = "declined"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    ANNOUNCED = "announced"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class NewNomination:
    """The nomination form. `nominee` is a Slack id; an optional field left out is an empty text."""

    nominee: str | None
    type_id: int | None
    act: str
    effect: str
    value_id: int | None = None
    evidence: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on a nomination. The nominator reads `reason`; only HR sees `budget_code`."""

    verdict: Verdict
    by: Person
    at: datetime
    reason: str | None
    budget_code: str | None
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenNomination:
    """A nomination as one viewer may see it. A nominator sees the verdict and the reason of the decision.

    `as_hr`: the viewer handles it; only then are `conflict` and the decision's budget code and payment filled
    in. `may_decide`: it is undecided, and the viewer may decide.
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
    """An announced award as every colleague sees it, without its nominator and its budget.

    `channels` are the Slack ids of the channels where it is announced.
    """

    award: str
    receiver: Person
    value: str | None
    text: str
    channels: tuple[str, ...]
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class Announcing:
    """A drafted announcement, ready for its preview. `due_at`: None means at once.

    `fastest` and `slowest` say how long Slack takes to let it into all the channels.
    """

    announcement_id: int
    nomination_id: int
    award: GivenAward
    due_at: datetime | None
    fastest: timedelta
    slowest: timedelta


@dataclass(frozen=True, slots=True)
class AwardsOverview:
    """The page about awards. Only HR admins see three of the lists: `waiting` holds what this admin may decide
    on (`more_waiting` counts the rest), `approved` what is to be announced, `decided` everything else.
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
    """The awards of one year. `departments` counts the people in each who received one, as far as that may be
    told. `any_given` is no secret: everybody can see the awards that count here.
    """

    people: int
    any_given: bool
    departments: Table

    @property
    def receivers(self) -> int | None:
        return self.departments.total(0)

"""What services hand to views: a check-in as far as one reader may see it, a week of a team, a page of history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.models.checkins.tables import Answer, Checkin, Load
from bot.models.paging import Page
from bot.models.people import Department, Person
from bot.packs import Question

REACTIONS = ("tada", "heart", "bulb", "eyes")


@dataclass(frozen=True, slots=True)
class Prefill:
    """Everything the form shows. `written` is that week's check-in when there is one already.

    `manager` and `line` are who will be able to read it, besides its author.
    """

    week: date
    closes_at: datetime
    questions: tuple[Question, ...]
    manager: Person | None
    line: tuple[Person, ...]
    written: Checkin | None
    planned_last_week: Answer | None


@dataclass(frozen=True, slots=True)
class Remark:
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What a check-in said from `written_at` on, until the next version. `comments`: all to it, with the last one."""

    week: date
    revision: int
    written_at: datetime
    answers: tuple[Answer, ...]
    energy: int | None
    load: Load | None
    comments: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A check-in as one reader may see it: `answers` holds what they may read, `locked_away` counts the rest."""

    checkin_id: int
    week: date
    is_edited: bool
    author: Person
    manager_name: str | None
    is_own: bool
    answers: tuple[Answer, ...]
    locked_away: int
    energy: int | None
    load: Load | None
    comments: tuple[Remark, ...]
    reactions: tuple[str, ...]
    obstacle_owner: str | None
    obstacle_cleared_at: datetime | None
    may_respond: bool
    may_comment: bool


@dataclass(frozen=True, slots=True)
class ChosenPack:
    """A pack and the one place it was chosen for; no place means the whole company."""

    pack: str
    person: str | None = None
    team_of: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class CheckinSettings:
    """What HR may change. `packs`: key → name."""

    packs: Mapping[str, str]
    departments: tuple[Department, ...]
    choices: tuple[ChosenPack, ...]
    has_more_choices: bool
    line_above_reads: bool


@dataclass(frozen=True, slots=True)
class PastCheckin:
    checkin: Checkin
    comments: int


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Newest first. `to_hand_over` counts earlier check-ins that the present manager cannot read."""

    entries: Page[PastCheckin]
    to_hand_over: int
    manager: Person | None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """`checkin_id`: they wrote. `obstacle`: what is in the way, if the manager may read it.

    `answered`: the manager has commented, reacted or taken the obstacle on. `is_away`: not there to write.
    """

    person: Person
    checkin_id: int | None
    obstacle: str | None
    obstacle_taken: bool
    is_away: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """`members` in reading order, the first ones; `more` counts those that do not fit.

    `written` and `expected` are over all: who was away and wrote nothing was not expected.
    """

    week: date
    members: tuple[TeamMember, ...]
    more: int
    written: int
    expected: int

    @classmethod
    def of(cls, week: date, members: Sequence[TeamMember], *, shown: int) -> "TeamWeek":
        return cls(
            week,
            tuple(members[:shown]),
            more=max(0, len(members) - shown),
            written=sum(1 for member in members if member.checkin_id),
            expected=sum(1 for member in members if member.checkin_id or not member.is_away),
        )

"""The values that services return: a check-in as far as one reader may see it, a team's week, a page of
history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.models.checkins.tables import Answer, Checkin, Load
from bot.models.paging import Page
from bot.models.people import Department, Person
from bot.packs import Question

REACTIONS = ("tada", "heart", "bulb", "eyes")


@dataclass(frozen=True, slots=True)
class Prefill:
    """Everything the form shows. `written` is that week's check-in if there is one already.

    `manager` and `line` are its readers besides the author. `used` names the fields that the author filled in lately:
    keys of questions, "energy" and "load".
    """

    week: date
    closes_at: datetime
    questions: tuple[Question, ...]
    manager: Person | None
    line: tuple[Person, ...]
    written: Checkin | None
    planned_last_week: Answer | None
    used: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shared:
    """A check-in that its author has just shared. `manager` and `line` read it from now on. `has_obstacle`: the manager
    is told what is in the way.
    """

    checkin: Checkin
    closes_at: datetime
    manager: Person | None
    line: tuple[Person, ...]
    has_obstacle: bool


@dataclass(frozen=True, slots=True)
class Remark:
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A check-in's text from `written_at` until the next version. The last version carries all `comments`."""

    week: date
    revision: int
    written_at: datetime
    answers: tuple[Answer, ...]
    energy: int | None
    load: Load | None
    comments: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A check-in as one reader may see it: `answers` holds the answers they may read, `locked_away` counts the
    others.
    """

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
    """A pack, and the one place it was chosen for. Without a place it is the whole company's."""

    pack: str
    person: str | None = None
    team_of: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class CheckinSettings:
    """The settings that HR may change. `packs`: key → name."""

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
    """The newest check-in comes first. `to_hand_over` counts earlier check-ins that the present manager cannot
    read.
    """

    entries: Page[PastCheckin]
    to_hand_over: int
    manager: Person | None


class Outcome(StrEnum):
    """How a call for help ended."""

    TAKEN_ON = "taken_on"
    CLEARED = "cleared"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CallForHelp:
    """What a check-in asks of its manager, and how that ended; `outcome` is None while it is open.

    `has_obstacle`: something is in the author's way; otherwise they ask for help.
    """

    checkin_id: int
    week: date
    author: Person
    has_obstacle: bool
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class OwnWeeks:
    """A person's own check-ins as Home needs them. `unwritten` is the open week that still waits for one; `open` is the
    check-in that can still be edited, unless one waits. The newest check-in comes first in `recent`.
    """

    unwritten: date | None
    open: Checkin | None
    recent: tuple[PastCheckin, ...]


@dataclass(frozen=True, slots=True)
class TeamMember:
    """`checkin_id` is None if they have not written. `obstacle` is filled in only if the manager may read it.

    `answered`: the manager has commented, reacted or taken the obstacle on. `is_away`: they were not there to
    write. `asks_for_help`: they chose what would help from their manager.
    """

    person: Person
    checkin_id: int | None
    obstacle: str | None
    obstacle_taken: bool
    is_away: bool
    answered: bool
    asks_for_help: bool = False

    @property
    def has_open_obstacle(self) -> bool:
        return self.obstacle is not None and not self.obstacle_taken

    @property
    def waits_for_help(self) -> bool:
        """They ask for help, have no obstacle, and the manager has not answered."""
        return self.asks_for_help and self.obstacle is None and not self.answered


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """`members` are the first ones in reading order; `more` counts those that do not fit.

    `written`, `expected`, `obstacles` (those nobody has taken on) and `away` count the whole team. People who were away
    and wrote nothing are not expected.
    """

    week: date
    members: tuple[TeamMember, ...]
    more: int
    written: int
    expected: int
    obstacles: int
    away: int

    @classmethod
    def of(cls, week: date, members: Sequence[TeamMember], *, shown: int) -> "TeamWeek":
        return cls(
            week,
            tuple(members[:shown]),
            more=max(0, len(members) - shown),
            written=sum(1 for member in members if member.checkin_id),
            expected=sum(1 for member in members if member.checkin_id or not member.is_away),
            obstacles=sum(1 for member in members if member.has_open_obstacle),
            away=sum(1 for member in members if member.is_away),
        )

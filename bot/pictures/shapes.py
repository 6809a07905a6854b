"""Pictures are drawn from these plain values and become a PNG with alt text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.models.goals import Confidence, GoalKind


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` says the same in words, within Slack's limit for a file."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Point:
    """One report says how a goal stood on that day."""

    on: date
    progress: float
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One goal is shown over its period. `points` begin with the oldest; `today` may lie outside the period."""

    title: str
    owner: str
    kind: GoalKind
    starts_on: date
    ends_on: date
    today: date
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One goal is shown as it stands."""

    title: str
    progress: float
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person is shown with their goals; `more` counts the goals left out."""

    name: str
    goals: tuple[Bar, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """The people are shown in this order, which ranks nobody."""

    title: str
    today: date
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is its first day. Kudos are counted by the name of their value; without a value the name is empty."""

    first: date
    given: Mapping[str, int] = field(default_factory=dict)
    received: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thanks:
    """One person's own kudos begin with the oldest month. Two people are never compared: thanks are no contest."""

    title: str
    months: tuple[Month, ...]

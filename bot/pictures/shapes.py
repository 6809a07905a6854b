"""What a picture shows, and what comes out: plain values in, PNG and alt text out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.models.goals import Confidence, GoalKind


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` says the same in words, within what Slack takes for a file."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Point:
    """How a goal stood after somebody said so."""

    on: date
    progress: float
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One goal over its period. `points` oldest first; `today` may lie outside of the period."""

    title: str
    owner: str
    kind: GoalKind
    starts_on: date
    ends_on: date
    today: date
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A goal as it stands."""

    title: str
    progress: float
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person with their goals; `more` counts those that are not among them."""

    name: str
    goals: tuple[Bar, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """In the order in which people are to be shown, which says nothing about them."""

    title: str
    today: date
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is its first day. Kudos by the name of their value; kudos without one under the empty name."""

    first: date
    given: Mapping[str, int] = field(default_factory=dict)
    received: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thanks:
    """One person's own kudos, oldest month first. Never of two people beside each other: thanks are no contest."""

    title: str
    months: tuple[Month, ...]

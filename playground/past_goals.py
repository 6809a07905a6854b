"""The sample company's goals, made up from a seed: who set which, who agreed, and how each stood week by week.

Texts come from past_goals.yaml. Like `past`, it knows nothing of the bot.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from playground.colleagues import Colleague

QUARTER = 13  # weeks
QUIET = 1 / 9  # goals that are set and forgotten
SAYS = 1 / 2  # how often somebody says in a week how a goal stands
BEHIND = {"on_track": 0.08, "at_risk": 0.2}  # up to which people here are still that sure


@dataclass(frozen=True)
class Measured:
    """A key result: a number on its way."""

    title: str
    start: float
    target: float
    unit: str


@dataclass(frozen=True)
class GoalSet:
    """`serves`: the title of a goal further up, or nothing."""

    at: datetime
    who: str
    title: str
    level: str
    kind: str
    serves: str
    measured: tuple[Measured, ...]


@dataclass(frozen=True)
class GoalAgreed:
    """The manager found it good."""

    at: datetime
    who: str
    owner: str
    title: str


@dataclass(frozen=True)
class GoalMoved:
    """How far it is, as a share of each of its ways."""

    at: datetime
    who: str
    title: str
    share: float
    confidence: str
    note: str


@dataclass(frozen=True)
class GoalEnded:
    """`outcome`: closed or dropped."""

    at: datetime
    who: str
    title: str
    outcome: str
    score: float
    sentence: str


@dataclass(frozen=True)
class EndConfirmed:
    """The manager sees the end of the goal as its owner does."""

    at: datetime
    who: str
    owner: str
    title: str


GoalHappening: TypeAlias = GoalSet | GoalAgreed | GoalMoved | GoalEnded | EndConfirmed


@cache
def texts() -> Mapping[str, Any]:
    with Path(__file__).with_name("past_goals.yaml").open(encoding="utf-8") as lines:
        return dict(yaml.safe_load(lines))


def quarter(people: Sequence[Colleague], first: date, weeks: int, seed: str) -> Iterator[GoalHappening]:
    """From the Monday `first` on. Wider goals are set before those that serve them."""
    here = [one for one in people if one.since <= first and not one.away]
    by_id = {one.id: one for one in here}
    for place, goal in enumerate(texts()["set"]):
        if goal["who"] in by_id:
            at = datetime.combine(first, time(9), tzinfo=UTC) + place * timedelta(minutes=20)
            yield from _Goal(by_id[goal["who"]], goal, seed).weeks(first, at, weeks)
    for goal in texts()["ended"]:
        if goal["who"] in by_id:
            yield from _ended(by_id[goal["who"]], goal, first, weeks, seed)
    named = {goal["who"] for goal in texts()["set"]}
    lists = {department: iter(goals) for department, goals in texts()["own"].items()}
    for person in here:
        goal = next(lists[person.department], None) if person.id not in named else None
        if goal:
            at = person.at(first + timedelta(days=1), 14)
            yield from _Goal(person, {**goal, "level": "person"}, seed).weeks(first, at, weeks)


def _ended(
    owner: Colleague, goal: Mapping[str, Any], first: date, weeks: int, seed: str
) -> Iterator[GoalHappening]:
    """Set on the first day, moved each Thursday up to its score, and over on the Friday of that week."""
    week, title, outcome, score = goal["week"], goal["title"], goal["outcome"], goal["score"]
    yield from _Goal(owner, {**goal, "level": "person"}, seed).weeks(first, owner.at(first, 15), 1)
    confidence = "on_track" if outcome == "closed" else "off_track"
    for number in range(min(weeks, week + 1)):
        thursday = owner.at(first + timedelta(weeks=number, days=3), 11)
        share, notes = score * (number + 1) / (week + 1), texts()["notes"][confidence]
        yield GoalMoved(thursday, owner.id, title, share, confidence, notes[number % len(notes)])
    if week < weeks:
        friday = owner.at(first + timedelta(weeks=week, days=4), 10)
        yield GoalEnded(friday, owner.id, title, outcome, score, goal["says"])
        if owner.manager:
            yield EndConfirmed(friday + timedelta(hours=3), owner.manager, owner.id, title)


class _Goal:
    """One goal's life: how well it goes is decided when it is set, and shows slowly."""

    def __init__(self, owner: Colleague, goal: Mapping[str, Any], seed: str) -> None:
        self._owner, self._goal, self._title = owner, goal, goal["title"]
        self._random = random.Random(f"{seed} {owner.id} {self._title}")  # noqa: S311 - a story, not a secret
        self._luck = self._random.uniform(0.35, 1.15)

    def weeks(self, first: date, at: datetime, weeks: int) -> Iterator[GoalHappening]:
        """Set `at` that moment."""
        yield self._set(at)
        if self._owner.manager and self._goal["level"] != "company":
            later = at + timedelta(hours=self._random.uniform(18, 30))
            yield GoalAgreed(later, self._owner.manager, self._owner.id, self._title)
        is_forgotten = self._random.random() < QUIET
        for week in range(1, weeks):
            day = first + timedelta(weeks=week, days=self._random.randint(0, 4))
            says, moment = self._random.random() < SAYS, self._random.uniform(9, 17)
            moved = self._moved(self._owner.at(day, moment), week)
            if says and not is_forgotten:
                yield moved

    def _set(self, at: datetime) -> GoalSet:
        measured = tuple(Measured(*one) for one in self._goal["measured"])
        kind, serves = self._goal.get("kind", "committed"), self._goal.get("serves", "")
        return GoalSet(at, self._owner.id, self._title, self._goal["level"], kind, serves, measured)

    def _moved(self, at: datetime, week: int) -> GoalMoved:
        even = min(1.0, week / QUARTER)
        share = min(1.0, even * self._luck * self._random.uniform(0.9, 1.1))
        confidence = next((one for one, gap in BEHIND.items() if even - share <= gap), "off_track")
        note = self._random.choice(texts()["notes"][confidence])
        return GoalMoved(at, self._owner.id, self._title, share, confidence, note)

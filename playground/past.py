"""The sample company's last weeks, made up from a seed: who checked in when, what was said, who answered. Goals
are in `past_goals`, thanks in `past_kudos`, awards in `past_awards`, HR's choices in `past_settings`.

Texts come from past.yaml. Nothing here knows the bot; whoever plays this through its services will notice if a
happening could not have been.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml

from playground.colleagues import Colleague
from playground.past_awards import AwardHappening, awards
from playground.past_goals import GoalHappening, quarter
from playground.past_kudos import Thanked, thanks
from playground.past_settings import SettingsHappening, settings

WEEKS = 6
REACTIONS = ("tada", "heart", "bulb", "eyes")
LOADS = ("light", "right", "right", "right", "heavy", "heavy", "too_much")


@cache
def texts() -> Mapping[str, Any]:
    with Path(__file__).with_name("past.yaml").open(encoding="utf-8") as lines:
        return dict(yaml.safe_load(lines))


@dataclass(frozen=True)
class CheckedIn:
    """`answers`: question key → text. Which of them are asked that week, the bot knows."""

    at: datetime
    who: str
    answers: Mapping[str, str]
    energy: int | None
    load: str | None


@dataclass(frozen=True)
class Remarked:
    """What somebody did with the newest check-in of `about`."""

    at: datetime
    who: str
    about: str
    comment: str = ""
    reaction: str = ""
    obstacle: Literal["", "taken", "cleared"] = ""


@dataclass(frozen=True)
class Said:
    """A message in a channel, between colleagues."""

    at: datetime
    who: str
    channel: str
    text: str


Happening: TypeAlias = CheckedIn | Remarked | GoalHappening | Thanked | AwardHappening | SettingsHappening


def channels(people: Sequence[Colleague]) -> dict[str, list[str]]:
    """One per department that has something to say: its name → the ids of its people."""
    return {
        name: [one.id for one in people if one.department.lower() == name]
        for name in texts()["talk"]
        if name != "general"
    }


def invent(
    people: Sequence[Colleague],
    first: date,
    *,
    since: datetime,
    until: datetime,
    seed: str,
    thanks_in: str,
) -> list[Happening]:
    """What happens from `since` until before `until`, in order. The story begins on the Monday `first`, and is the
    same one whichever part of it is asked for. `thanks_in`: the channel for thanks and awards.
    """
    weeks = (until.date() - first).days // 7 + 1
    happenings: list[Happening] = list(quarter(people, first, weeks, seed))
    happenings += settings(people, first)
    happenings += thanks(people, first, weeks, seed, channel=thanks_in)
    happenings += awards(people, first, weeks, channel=thanks_in)
    happenings += [one for person in people for one in _Life(person, people, seed).weeks(first, weeks)]
    return sorted((one for one in happenings if since <= one.at < until), key=lambda one: one.at)


class _Life:
    """One person's weeks. What they planned last time is what moved this time."""

    def __init__(self, person: Colleague, people: Sequence[Colleague], seed: str) -> None:
        self._person = person
        self._random = random.Random(f"{seed} {person.id}")  # noqa: S311 - a story, not a secret
        self._texts = texts()
        self._own = self._texts["departments"][person.department]
        self._team = [one.name for one in people if one.manager == person.manager and one != person]
        self._things = self._random.sample(self._own["things"], len(self._own["things"]))
        self._doing = self._things.pop()
        self._reader = next((one for one in people if one.id == person.manager), None)

    def weeks(self, first: date, weeks: int) -> Iterator[Happening]:
        for number in range(weeks):
            week = first + timedelta(weeks=number)
            if self._writes(week):
                yield from self._week(week)

    def _writes(self, week: date) -> bool:
        """New colleagues start later, whoever is on holiday is not here, and one week in nine is forgotten."""
        here = self._person.since <= week and not self._person.away
        return self._random.random() > 1 / 9 and here

    def _week(self, week: date) -> Iterator[Happening]:
        early = self._random.random() < 1 / 4
        weekday = max(0, self._own["weekday"] - (self._random.randint(1, 2) if early else 0))
        at = self._person.at(week + timedelta(days=weekday), self._random.uniform(9, 17.5))
        stuck = self._random.random() < 1 / 3
        yield self._check_in(at, stuck=stuck)
        yield from self._answers_to(at, stuck=stuck)

    def _check_in(self, at: datetime, *, stuck: bool) -> CheckedIn:
        answers = {"moved": self._say(self._own["moved"])}
        answers |= {key: self._say(lines) for key, lines in self._texts["optional"].items()}
        if stuck:
            answers["stuck"] = self._say(self._own["stuck"])
        if self._random.random() > 1 / 6:
            del answers["ask_about"]
        self._doing = self._things.pop() if self._things else self._random.choice(self._own["things"])
        answers["next"] = self._say(self._texts["next"])
        energy, load = self._random.choice((2, 3, 3, 4, 4, 4, 5)), self._random.choice(LOADS)
        if self._adds_more:
            return CheckedIn(at, self._person.id, answers, energy, load)
        asked_first = {key: text for key, text in answers.items() if key not in self._texts["optional"]}
        return CheckedIn(at, self._person.id, asked_first, None, None)

    @property
    def _adds_more(self) -> bool:
        """One in three goes on to the questions behind *Add more*, week after week. Ana is not one of them."""
        return sum(map(ord, self._person.id)) % 3 == 0

    def _answers_to(self, at: datetime, *, stuck: bool) -> Iterator[Remarked]:
        """By the manager, within a working day or so; now and then the author says thanks."""
        if self._reader is None:
            return
        seen = at + timedelta(hours=self._random.uniform(1, 20))
        me, reader, chance = self._person.id, self._reader.id, self._random.random()
        if stuck and chance < 2 / 3:
            comment = self._say(self._texts["obstacle_comments"])
            yield Remarked(seen, reader, me, comment=comment, obstacle="taken")
            if chance < 1 / 3:
                yield Remarked(seen + timedelta(hours=30), reader, me, obstacle="cleared")
        elif chance < 1 / 3:
            yield Remarked(seen, reader, me, comment=self._say(self._texts["comments"]))
            if chance < 1 / 9:
                later = seen + timedelta(hours=2)
                yield Remarked(later, me, me, comment=self._say(self._texts["replies"]))
        elif chance < 3 / 4:
            yield Remarked(seen, reader, me, reaction=self._random.choice(REACTIONS))

    def _say(self, lines: Sequence[str]) -> str:
        colleague = self._random.choice(self._team) if self._team else "a friend"
        thing = self._doing
        words = {"thing": thing, "Thing": thing[:1].upper() + thing[1:], "colleague": colleague}
        return self._random.choice(lines).format(**words)


def small_talk(*, until: datetime) -> list[Said]:
    """A few messages in each channel over the last two weeks, so that the company looks lived in."""
    monday = until.replace(hour=0, minute=0) - timedelta(days=until.weekday())
    said = [
        Said(monday + timedelta(days=line["day"], hours=line["hour"]), line["who"], channel, line["says"])
        for channel, lines in texts()["talk"].items()
        for line in lines
    ]
    return sorted(said, key=lambda one: one.at)

"""What people do in a week, drawn by lot: they answer, go away, pause, move, leave; processes die, Slack stumbles."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from playground.weather import Trouble
from tests.simulation.company import PLACES, Someone

Deed = Literal["answer", "away", "back", "pause", "move", "leave", "join", "crash", "storm"]
TROUBLES: tuple[Trouble, ...] = (
    "busy", "error", "reset_before", "reset_after", "truncated", "internal_error", "slow", "history_lag",
)  # fmt: skip
TURNOVER = 0.01  # of all people, a week


@dataclass(frozen=True)
class Happening:
    at: datetime
    deed: Deed
    who: Someone | None = None
    week: date | None = None
    until: datetime | None = None
    zone: str = ""
    trouble: Trouble = "busy"


class Fate:
    """One week after the other. The same seed, the same fate."""

    def __init__(self, seed: object) -> None:
        self._random = random.Random(f"fate {seed}")  # noqa: S311 - to be repeatable is the point

    def of(self, begins: datetime, staff: list[Someone]) -> list[Happening]:
        drawn = [happening for who in staff for happening in self._of_person(who, begins)]
        drawn += [Happening(self._when(begins), "crash") for _ in range(4)]
        drawn += [Happening(self._when(begins), "join") for _ in staff if self._random.random() < TURNOVER]
        for _ in range(6):
            at = self._when(begins)
            lasts = timedelta(minutes=self._random.randint(10, 600))
            drawn.append(Happening(at, "storm", until=at + lasts, trouble=self._random.choice(TROUBLES)))
        return sorted(drawn, key=lambda one: one.at)

    def _of_person(self, who: Someone, begins: datetime) -> Iterator[Happening]:
        if not who.works_here(begins):
            return
        chance = self._random.random
        if chance() < 0.6 / who.rhythm[2]:  # Wednesday to next Monday's noon
            yield Happening(
                begins + timedelta(days=2) + timedelta(minutes=self._random.randint(0, 5 * 1440)),
                "answer",
                who,
                week=begins.date(),
            )
        if chance() < 0.03:
            yield from self._absence(who, begins)
        if chance() < 0.01:
            until = self._when(begins) + timedelta(days=self._random.randint(3, 25))
            yield Happening(self._when(begins), "pause", who, until=until)
        if chance() < 0.01:
            yield Happening(self._when(begins), "move", who, zone=self._random.choice(PLACES)[0])
        if chance() < TURNOVER:
            yield Happening(self._shortly_before_asked(who, begins), "leave", who)

    def _absence(self, who: Someone, begins: datetime) -> Iterator[Happening]:
        at = self._when(begins)
        until = at + timedelta(hours=self._random.randint(3, 300))
        said = self._random.random() < 0.7  # else the status has no end, and is taken away at some time
        yield Happening(at, "away", who, until=until if said else None)
        yield Happening(until, "back", who)

    def _shortly_before_asked(self, who: Someone, begins: datetime) -> datetime:
        """When it matters most: what was planned for them stands in the ledger."""
        weekday, minute, _ = who.rhythm
        wall = datetime.combine(begins.date() + timedelta(days=weekday), time(minute // 60, minute % 60))
        due = wall.replace(tzinfo=ZoneInfo(who.zone)) - timedelta(minutes=self._random.randint(1, 120))
        return max(begins, due.astimezone(UTC))

    def _when(self, begins: datetime) -> datetime:
        return begins + timedelta(seconds=self._random.randrange(7 * 86_400))

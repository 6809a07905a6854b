"""Who nominated whom for an award in the sample company, what HR decided, and what everybody read.

Texts come from past_awards.yaml. Like `past`, it knows nothing of the bot.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from playground.colleagues import Colleague

TUESDAY, THURSDAY, WEEK_AFTER = 1, 3, 10  # days after the Monday of its week


@dataclass(frozen=True)
class Nominated:
    at: datetime
    who: str
    whom: str
    award: str
    value: str
    act: str
    effect: str


@dataclass(frozen=True)
class Decided:
    """By HR. `verdict`: approved or declined."""

    at: datetime
    who: str
    whom: str
    award: str
    verdict: str
    reason: str
    budget_code: str


@dataclass(frozen=True)
class Announced:
    """By HR, in one channel."""

    at: datetime
    who: str
    whom: str
    award: str
    text: str
    channel: str


AwardHappening: TypeAlias = Nominated | Decided | Announced


@cache
def texts() -> Sequence[Mapping[str, Any]]:
    with Path(__file__).with_name("past_awards.yaml").open(encoding="utf-8") as lines:
        return list(yaml.safe_load(lines)["awards"])


def awards(people: Sequence[Colleague], first: date, weeks: int, *, channel: str) -> Iterator[AwardHappening]:
    """From the Monday `first` on: nominated on a Tuesday, decided two days later, announced in the week after."""
    by_id = {one.id: one for one in people}
    for line in texts():
        if line["week"] < weeks:
            yield from _story(line, by_id, first + timedelta(weeks=line["week"]), channel)


def _story(
    line: Mapping[str, Any], by_id: Mapping[str, Colleague], week: date, channel: str
) -> Iterator[AwardHappening]:
    who, whom, award = line["who"], line["whom"], line["award"]
    nominated = by_id[who].at(week + timedelta(days=TUESDAY), 11)
    yield Nominated(nominated, who, whom, award, line["value"], line["act"], line["effect"])
    if decided := line.get("decided"):
        at = by_id[decided["by"]].at(week + timedelta(days=THURSDAY), 10)
        reason, code = decided.get("reason", ""), decided.get("budget_code", "")
        yield Decided(at, decided["by"], whom, award, decided["verdict"], reason, code)
    if announced := line.get("announced"):
        at = by_id[announced["by"]].at(week + timedelta(days=WEEK_AFTER), 12)
        yield Announced(at, announced["by"], whom, award, announced["says"], channel)

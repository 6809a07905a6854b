"""Who thanked whom in the sample company, week by week.

Texts come from past_kudos.yaml. Like `past`, it knows nothing of the bot.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from playground.colleagues import Colleague

A_WEEK = 4


@dataclass(frozen=True)
class Thanked:
    """`serves`: the title of a goal, or nothing. Without a `channel` it was said to them alone."""

    at: datetime
    who: str
    whom: tuple[str, ...]
    text: str
    value: str
    serves: str
    channel: str | None


@cache
def texts() -> Sequence[Mapping[str, Any]]:
    with Path(__file__).with_name("past_kudos.yaml").open(encoding="utf-8") as lines:
        return list(yaml.safe_load(lines)["thanks"])


def thanks(
    people: Sequence[Colleague], first: date, weeks: int, seed: str, *, channel: str
) -> Iterator[Thanked]:
    """From the Monday `first` on, in that channel unless they are private. Whoever was not here yet, or is away,
    neither gives nor is thanked.
    """
    chance = random.Random(f"{seed} thanks")  # noqa: S311 - a story, not a secret
    order = chance.sample(texts(), len(texts()))
    by_id = {one.id: one for one in people if not one.away}
    for number in range(weeks * A_WEEK):
        line = order[number % len(order)]
        week = first + timedelta(weeks=number // A_WEEK)
        day, hour = week + timedelta(days=chance.randint(0, 4)), chance.uniform(9, 17)
        here = [
            by_id[one] for one in (line["who"], *line["whom"]) if one in by_id and by_id[one].since <= week
        ]
        if len(here) == 1 + len(line["whom"]):
            yield _thanked(here[0].at(day, hour), line, channel)


def _thanked(at: datetime, line: Mapping[str, Any], channel: str) -> Thanked:
    return Thanked(
        at,
        line["who"],
        tuple(line["whom"]),
        line["says"],
        line["value"],
        line.get("serves", ""),
        None if line.get("private") else channel,
    )

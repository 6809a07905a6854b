"""What HR of the sample company has set, in the week in which the company began. Like `past`, it knows nothing of
the bot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from playground.colleagues import Colleague

HR_LEAD, HR_PARTNER = "U0NADIARAHMAN", "U0OLUADEYEMI"
TUESDAY = 1  # days after the Monday of its week


@dataclass(frozen=True)
class QuestionsChosen:
    """`pack`: the questions that this department is asked from now on."""

    at: datetime
    who: str
    department: str
    pack: str


@dataclass(frozen=True)
class RhythmChosen:
    """`weekday`: from Monday, 0. `minute`: of the day, as everybody's own clock shows it."""

    at: datetime
    who: str
    department: str
    weekday: int
    minute: int


SettingsHappening: TypeAlias = QuestionsChosen | RhythmChosen


def settings(people: Sequence[Colleague], first: date) -> Iterator[SettingsHappening]:
    """The designers and product managers are asked what everybody is asked, and Sales at nine instead of in the
    afternoon.
    """
    by_id = {one.id: one for one in people}
    tuesday = first + timedelta(days=TUESDAY)
    yield QuestionsChosen(by_id[HR_LEAD].at(tuesday, 9), HR_LEAD, "Engineering / Product", "core")
    yield RhythmChosen(by_id[HR_PARTNER].at(tuesday, 10), HR_PARTNER, "Sales", 0, 9 * 60)

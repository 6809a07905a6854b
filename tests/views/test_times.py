"""Absence in words: the working day on which somebody is back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.models import Person
from bot.views import times
from tests.conftest import NOW

FRIDAY = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "away"),
        (NOW + timedelta(hours=1), "away until 16:00"),
        (NOW + timedelta(hours=20), "away, back on Thursday"),
        (FRIDAY, "away, back on Monday"),
        (datetime(2026, 12, 24, 23, 0, tzinfo=UTC), "away, back on Monday 28 December"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "away, back on Monday 4 January 2027"),
        (NOW, ""),
    ],
)
def test_somebody_who_is_away_is_back_on_a_working_day(until: datetime | None, words: str) -> None:
    ana = Person(name="Ana", timezone="Europe/Lisbon", country="PT", away_since=NOW, away_until=until)
    assert times.away(ana, now=NOW) == words


def test_nobody_is_away_before_it_begins() -> None:
    ana = Person(name="Ana", timezone="Europe/Lisbon", away_since=NOW + timedelta(days=1))
    assert times.away(ana, now=NOW) == ""

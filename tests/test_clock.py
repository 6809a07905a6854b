"""The calendar: one instant per local date in every zone there is, and days on which nobody is asked."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import clock
from tests.selection import examples

ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "posixrules", "Factory"})
zones = st.sampled_from(ZONES)
days = st.dates(date(1990, 1, 1), date(2037, 12, 31))
minutes = st.integers(clock.FIRST_MINUTE, clock.MINUTES - 1)
DAY = timedelta(days=1)
LEFT_OUT = {("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))}


def exists(day: date, zone: str) -> bool:
    """Whether that day has any noon there."""
    noon = datetime.combine(day, time(12), tzinfo=zoneinfo.ZoneInfo(zone))
    return noon.astimezone(UTC).astimezone(noon.tzinfo).date() == day


@given(days, minutes, zones)
@example(date(2026, 3, 29), 240, "Europe/Berlin")
@example(date(2024, 3, 30), 23 * 60 + 30, "America/Nuuk")  # clocks jump from 23:00 to midnight
@example(date(2011, 12, 30), 960, "Pacific/Apia")  # left out
@example(date(2018, 3, 11), 240, "Antarctica/Casey")
@settings(max_examples=examples(1000), deadline=None)
def test_each_local_date_has_exactly_one_instant_on_that_date(day: date, minute: int, zone: str) -> None:
    instant = clock.due_at(day, minute, zone)
    here = clock.local(instant, zone)
    assert instant.tzinfo is UTC
    if exists(day, zone):
        assert here.date() == day
    else:
        assert instant == clock.due_at(day + DAY, minute, zone)


@given(days, minutes, zones)
@settings(max_examples=examples(500), deadline=None)
def test_the_clock_on_the_wall_agrees_unless_it_jumped_over_that_minute(
    day: date, minute: int, zone: str
) -> None:
    here = clock.local(clock.due_at(day, minute, zone), zone)
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    if here.replace(tzinfo=None) != wall:
        asked = wall.replace(tzinfo=here.tzinfo)
        assert asked.astimezone(UTC).astimezone(asked.tzinfo).replace(tzinfo=None) != wall


@given(days, minutes, zones, st.integers(1, 60))
@settings(max_examples=examples(500), deadline=None)
def test_a_later_day_or_minute_is_never_due_earlier(day: date, minute: int, zone: str, ahead: int) -> None:
    due = clock.due_at(day, minute, zone)
    assert clock.due_at(day + ahead * DAY, minute, zone) >= due
    if exists(day, zone) and exists(day + ahead * DAY, zone):
        assert clock.due_at(day + ahead * DAY, minute, zone) > due
    if minute + ahead < clock.MINUTES:
        assert clock.due_at(day, minute + ahead, zone) >= due


@given(st.integers(1, 2**31 - 1), days, st.integers(clock.FIRST_MINUTE, clock.MINUTES - 1), zones)
@settings(max_examples=examples(1000), deadline=None)
def test_everybodys_moment_lies_inside_the_window_of_their_day(
    person_id: int, day: date, minute: int, zone: str
) -> None:
    window = clock.window(day, minute, zone)
    seconds = window // timedelta(seconds=1)
    spread = clock.spread(person_id, clock.week_of(day), seconds)
    opens = clock.due_at(day, minute, zone)
    due = opens + timedelta(seconds=spread)
    here = clock.local(due, zone)
    assert opens <= due < opens + window
    assert window <= timedelta(minutes=clock.WINDOW)
    assert here.date() == clock.local(opens, zone).date()
    if minute < clock.CLOSES:
        assert here.time() < time(18, 0) or clock.local(opens, zone).time() >= time(18, 0)
    assert spread == clock.spread(person_id, clock.week_of(day), seconds)


def test_people_are_spread_evenly() -> None:
    thirds = [clock.spread(person, date(2026, 11, 16), 1800) // 600 for person in range(1, 3001)]
    assert all(900 <= thirds.count(third) <= 1100 for third in range(3))


def test_a_year_has_as_many_instants_as_days_in_every_zone() -> None:
    year = [date(2026, 1, 1) + n * DAY for n in range(365)]
    for zone in ZONES:
        assert len({clock.due_at(day, 9 * 60, zone) for day in year}) == 365, zone


@pytest.mark.parametrize(("zone", "day"), sorted(LEFT_OUT))
def test_a_day_a_zone_left_out_answers_with_the_next(zone: str, day: date) -> None:
    assert not exists(day, zone)
    assert clock.due_at(day, 960, zone) == clock.due_at(day + DAY, 960, zone)


def test_a_jump_goes_to_its_far_side_and_a_repeated_hour_counts_once() -> None:
    assert clock.due_at(date(2018, 10, 28), 240, "America/Sao_Paulo") == datetime(2018, 10, 28, 7, tzinfo=UTC)
    jumped = clock.due_at(date(2016, 10, 22), 240, "Antarctica/Casey")
    assert clock.local(jumped, "Antarctica/Casey").time() == time(4)
    nuuk = clock.due_at(date(2024, 3, 30), 23 * 60 + 30, "America/Nuuk")
    assert clock.local(nuuk, "America/Nuuk").replace(tzinfo=None) == datetime(2024, 3, 30, 22, 59)  # noqa: DTZ001


@pytest.mark.parametrize("minute", [-1, 0, 239, 1440])
def test_nothing_is_due_at_night(minute: int) -> None:
    with pytest.raises(ValueError, match="00:00"):
        clock.due_at(date(2026, 11, 18), minute, "Europe/Lisbon")


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "../etc/passwd", "\0"])
def test_without_a_known_zone_it_is_utc(zone: str | None) -> None:
    assert clock.due_at(date(2026, 11, 18), 600, zone) == datetime(2026, 11, 18, 10, tzinfo=UTC)


# Working days

FRIDAY = date(2026, 11, 20)
CHRISTMAS = date(2026, 12, 25)  # a Friday


@pytest.mark.parametrize("country", [None, "", "XX", "Germany", "de!", "12"])
def test_without_a_known_country_people_work_from_monday_to_friday(country: str | None) -> None:
    week = [date(2026, 12, 21) + n * DAY for n in range(7)]
    assert [clock.is_working_day(day, country) for day in week] == [True] * 5 + [False] * 2


def test_public_holidays_and_weekends_are_the_countrys_own() -> None:
    assert not clock.is_working_day(CHRISTMAS, "DE")
    assert clock.is_working_day(CHRISTMAS, "JP")
    assert not clock.is_working_day(FRIDAY, "IL")
    assert clock.is_working_day(FRIDAY + 2 * DAY, "IL")


def test_a_day_off_moves_within_its_week_or_is_none() -> None:
    assert clock.working_day_in_week(FRIDAY, "DE") == FRIDAY
    assert clock.working_day_in_week(FRIDAY, "IL") == FRIDAY + 2 * DAY
    assert clock.working_day_in_week(CHRISTMAS, "DE") is None
    assert clock.working_day_in_week(date(2026, 12, 24), "US") == date(2026, 12, 24)
    assert clock.working_day_in_week(date(2026, 11, 26), "US") == date(2026, 11, 27)  # Thanksgiving


def test_the_next_working_day_is_after_weekend_and_holidays() -> None:
    assert clock.next_working_day(FRIDAY, None) == date(2026, 11, 23)
    assert clock.next_working_day(date(2026, 12, 24), "DE") == date(2026, 12, 28)


COUNTRIES = (None, "DE", "US", "IL", "IN", "CN", "JP", "BR", "XX")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 1)), zones, st.sampled_from(COUNTRIES))  # noqa: DTZ001
@settings(max_examples=examples(500), deadline=None)
def test_the_next_open_moment_is_open_and_nothing_before_it_was(
    moment: datetime, zone: str, country: str | None
) -> None:
    now = moment.replace(tzinfo=UTC)
    opens = clock.next_open(now, zone, country)
    here = clock.local(opens, zone)
    assert opens >= now
    assert clock.is_working_day(here.date(), country)
    assert time(8) <= here.time() < time(18)
    assert clock.next_open(opens, zone, country) == opens
    if opens > now:
        before = clock.local(opens - timedelta(seconds=1), zone)
        assert not (clock.is_working_day(before.date(), country) and time(8) <= before.time() < time(18))


def test_a_rhythm_of_two_or_four_weeks_counts_weeks_the_same_for_everybody() -> None:
    mondays = [date(2026, 1, 5) + timedelta(weeks=n) for n in range(52)]
    assert sum(clock.is_asked_in(monday, 1) for monday in mondays) == 52
    assert sum(clock.is_asked_in(monday, 2) for monday in mondays) == 26
    fours = [monday for monday in mondays if clock.is_asked_in(monday, 4)]
    assert {later - earlier for earlier, later in pairwise(fours)} == {timedelta(weeks=4)}
    assert all(clock.is_asked_in(monday, 2) for monday in fours)


def test_a_week_stays_open_until_monday_noon() -> None:
    closes = clock.closes_at(date(2026, 11, 16), "Europe/Lisbon")
    assert closes == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert date(2026, 11, 16) in clock.open_weeks(closes - timedelta(seconds=1), "Europe/Lisbon")
    assert date(2026, 11, 16) not in clock.open_weeks(closes, "Europe/Lisbon")

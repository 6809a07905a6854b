"""Rules of the calendar, as pure functions. `now` is always an argument, in UTC; the person's time zone decides
the day.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

MINUTES = 24 * 60
GRACE_ENDS = time(12, 0)  # on Monday: the reminder comes that morning and must still be answerable
FIRST_MINUTE = 4 * 60  # between 00:00 and 04:00 clocks jump and people sleep
OPENS, CLOSES = 8 * 60, 18 * 60  # quiet hours lie around them
MORNING = 9 * 60
WINDOW = 10  # minutes over which one moment is spread, so that a company is not asked in one second
SPREAD_PEOPLE, SPREAD_WEEKS = (
    7919,
    613,
)  # primes, so that neighbours in the directory are not neighbours in time
SATURDAY = 5
ISO_CODE = 2  # letters of a country (ISO 3166)
LONGEST_BREAK = 60  # days looked ahead for a working day: longer than any row of holidays


@lru_cache(maxsize=1024)  # zoneinfo itself keeps eight, and reads the rest from disk again and again
def zone(name: str | None) -> ZoneInfo:
    """The time zone of that name; UTC if the name is missing or wrong, so that one bad row stops nothing."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def local(now: datetime, timezone: str | None) -> datetime:
    return now.astimezone(zone(timezone))


def week_of(day: date) -> date:
    """The Monday of that day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of that day's quarter of the calendar year."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    beyond = first + timedelta(days=95)  # in the next quarter: none is longer than 92 days
    return first, date(beyond.year, beyond.month, 1) - timedelta(days=1)


def open_weeks(now: datetime, timezone: str | None) -> tuple[date, ...]:
    """The weeks whose check-in may be written now, newest first.

    A week closes on the Monday after it, at 12:00 the person's time: the reminder comes that morning.
    """
    here = local(now, timezone)
    this_week = week_of(here.date())
    if here.date() == this_week and here.time() < GRACE_ENDS:
        return (this_week, this_week - timedelta(days=7))
    return (this_week,)


def closes_at(week: date, timezone: str | None) -> datetime:
    """The instant, in UTC, after which that week's check-in is read-only."""
    following = week + timedelta(days=7)
    return datetime.combine(following, GRACE_ENDS, tzinfo=zone(timezone)).astimezone(UTC)


def is_away(since: datetime | None, until: datetime | None, now: datetime) -> bool:
    """A person is away from `since` on; an absence without an end lasts until their Slack status changes."""
    return since is not None and since <= now and (until is None or now < until)


# When something is due


def due_at(day: date, minute: int, timezone: str | None) -> datetime:
    """The UTC instant of a local minute on a local day. The same arguments always give the same instant.

    If clocks jump over that minute, the first instant after the jump counts; if that is the next day already,
    the last minute before the jump. If the minute occurs twice, the first one counts. For a day that the zone
    left out (Apia's 30 December 2011) the day after counts.
    """
    if not FIRST_MINUTE <= minute < MINUTES:
        raise ValueError("nothing is due between 00:00 and 04:00")
    place = zone(timezone)
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    instant = wall.replace(tzinfo=place).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) == wall:
        return instant
    jump = _jump(place, wall)
    if jump.astimezone(place).date() == day:
        return jump
    before = jump - timedelta(minutes=1)
    if before.astimezone(place).date() == day:
        return before
    return due_at(day + timedelta(days=1), minute, timezone)


def _jump(place: ZoneInfo, wall: datetime) -> datetime:
    """The instant, to the second, at which clocks jump over `wall`, a local time that does not exist that day."""
    after = wall.replace(tzinfo=place, fold=0).astimezone(UTC)
    before = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    old = before.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(place).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def window(day: date, minute: int, timezone: str | None) -> timedelta:
    """Messages due then are spread over ten minutes, within the local day and not past 18:00."""
    last = min(minute + WINDOW, CLOSES)
    if last <= minute:
        return timedelta(seconds=1)
    opens = due_at(day, minute, timezone)
    width = due_at(day, last, timezone) - opens
    return max(timedelta(seconds=1), min(width, timedelta(minutes=WINDOW)))


def spread(person_id: int, week: date, window: int) -> int:
    """Seconds after the opening of a `window` (also in seconds): always the same for a person and week, even
    over people.

    The arithmetic is plain integers, since the database does it for everybody at once.
    """
    return (person_id % window * SPREAD_PEOPLE + week.toordinal() // 7 * SPREAD_WEEKS) % window


def is_asked_in(week: date, every_weeks: int) -> bool:
    """True if a rhythm of every one, two or four weeks falls on the week of that Monday."""
    return week.toordinal() // 7 % every_weeks == 0


# Working days


def is_working_day(day: date, country: str | None) -> bool:
    """True unless the day is a weekend or public holiday there. An unknown country works Monday to Friday."""
    calendar = _calendar(country)
    return day.weekday() < SATURDAY if calendar is None else calendar.is_working_day(day)


@lru_cache(maxsize=512)
def _calendar(country: str | None) -> holidays.HolidayBase | None:
    """A calendar computes its holidays year by year and keeps them, so each country has one."""
    if country is None or len(country) != ISO_CODE:  # the library also takes names of other kinds
        return None
    try:
        return holidays.country_holidays(country)
    except (NotImplementedError, KeyError):
        return None


def next_working_day(day: date, country: str | None) -> date:
    """The first working day after that day."""
    return next(after for after in _days_from(day + timedelta(days=1)) if is_working_day(after, country))


def working_day_in_week(day: date, country: str | None) -> date | None:
    """That day or the next working day of the same week; None if the rest of the week is off."""
    rest = (day + timedelta(days=ahead) for ahead in range(7 - day.weekday()))
    return next((one for one in rest if is_working_day(one, country)), None)


def next_open(
    now: datetime, timezone: str | None, country: str | None, *, opens: int = OPENS, closes: int = CLOSES
) -> datetime:
    """The first instant from `now` on that lies on a working day there, between the minutes `opens` and
    `closes`.
    """
    today = local(now, timezone).date()
    for day in _days_from(today):
        if not is_working_day(day, country) or due_at(day, closes, timezone) <= now:
            continue
        return max(now, due_at(day, opens, timezone))
    raise AssertionError("days do not end")


def is_open(now: datetime, timezone: str | None, country: str | None) -> bool:
    """True on a working day between 08:00 and 18:00."""
    return next_open(now, timezone, country) == now


def _days_from(day: date) -> Iterator[date]:
    """The next days, up to a limit that is longer than any row of days off."""
    yield from (day + timedelta(days=ahead) for ahead in range(LONGEST_BREAK))
    raise AssertionError("no working day in sight")

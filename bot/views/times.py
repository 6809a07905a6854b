"""Days, times and rhythms are written in the reader's time zone."""

from datetime import date, datetime, timedelta

from bot import clock
from bot.models import Person

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_WEEKS = {1: "every week", 2: "every two weeks", 4: "every four weeks"}


def of_minute(minute: int) -> str:
    """The minute of the day becomes a time: 960 is 16:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def rhythm(weekday: int, minute: int, every_weeks: int) -> str:
    """The text is read after "you are asked"."""
    when = f"on {WEEKDAYS[weekday]}s at {of_minute(minute)}"
    return when if every_weeks == 1 else f"{when}, {EVERY_WEEKS[every_weeks]}"


def day(on: date, *, today: date) -> str:
    """The year is only written if it is not the current one."""
    return f"{on:%A %-d %B}" if on.year == today.year else f"{on:%A %-d %B %Y}"


def away(person: Person, *, now: datetime) -> str:
    """Empty unless the person's Slack status says that they are away. Whoever waits for them reads on which working day
    they are back. A pause that somebody asked for is not told to others.
    """
    if not clock.is_away(person.away_since, person.away_until, now):
        return ""
    if person.away_until is None:
        return "away"
    opens = clock.next_open(person.away_until, person.timezone, person.country)
    back, today = (clock.local(at, person.timezone) for at in (opens, now))
    if back.date() == today.date():
        return f"away until {back:%H:%M}"
    is_near = back.date() - today.date() < timedelta(days=7)
    return f"away, back on {f'{back:%A}' if is_near else day(back.date(), today=today.date())}"


def moment(at: datetime, timezone: str | None, *, now: datetime) -> str:
    """The text is as short as the distance allows: today 17:00, tomorrow 09:00, Tuesday 09:00, Tuesday 8 December
    09:00.
    """
    there, here = clock.local(at, timezone), clock.local(now, timezone)
    ahead = there.date() - here.date()
    if ahead == timedelta(0):
        return f"today {there:%H:%M}"
    if ahead == timedelta(1):
        return f"tomorrow {there:%H:%M}"
    if timedelta(1) < ahead < timedelta(7):
        return f"{there:%A %H:%M}"
    return f"{day(there.date(), today=here.date())} {there:%H:%M}"

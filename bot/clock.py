"""The calendar as pure functions. `now` is always an argument, in UTC; a person's zone decides what it means."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

GRACE_ENDS = time(12, 0)  # on Monday: the reminder comes that morning and must still be answerable


def zone(name: str | None) -> ZoneInfo:
    """The zone of that name; UTC where it is missing or does not exist, so that one bad row stops nothing."""
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
    """Away from `since` on; an absence without an end lasts until Slack says otherwise."""
    return since is not None and since <= now and (until is None or now < until)

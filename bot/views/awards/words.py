"""Sentences about awards take their names, days and states from here."""

from datetime import datetime, timedelta

from bot import clock
from bot.models.awards import GivenAward, SeenNomination, Standing
from bot.views import kit, times

STANDINGS = {
    Standing.WAITING: "waiting for a decision",
    Standing.DECLINED: "declined",
    Standing.APPROVED: "approved, not announced yet",
    Standing.SCHEDULED: "approved, announced soon",
    Standing.ANNOUNCED: "given",
    Standing.LEFT: "approved, but they left before hearing of it",
}


def standing(seen: SeenNomination, timezone: str | None) -> str:
    """A state about an announcement names its day."""
    when = day(seen.announced_at, timezone) if seen.announced_at else ""
    match seen.standing:
        case Standing.SCHEDULED if when:
            return f"approved, to be announced on {when}"
        case Standing.ANNOUNCED if when:
            return f"given on {when}"
        case other:
            return STANDINGS[other]


def title(seen: SeenNomination | GivenAward) -> str:
    """The title reads "*Ben Okafor* for *Spot award*" and is ready for mrkdwn."""
    person = seen.nominee if isinstance(seen, SeenNomination) else seen.receiver
    return f"*{kit.name(person.name)}* for *{kit.escape(seen.award)}*"


def day(at: datetime, timezone: str | None) -> str:
    return f"{clock.local(at, timezone):%-d %B %Y}"


def moment(at: datetime | None, timezone: str | None, *, now: datetime) -> str:
    return times.moment(at, timezone, now=now) if at else "at once"


def duration(fastest: timedelta, slowest: timedelta) -> str:
    """Slack's limits make the posting take this long. The shortest duration told is one second."""
    low, high = max(1, round(fastest.total_seconds())), max(1, round(slowest.total_seconds()))
    return kit.counted(high, "second") if low == high else f"{low} to {high} seconds"

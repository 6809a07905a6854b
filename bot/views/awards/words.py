"""Names, days and states in the sentences about awards."""

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
    """With the day it was or will be announced."""
    when = day(seen.announced_at, timezone) if seen.announced_at else ""
    match seen.standing:
        case Standing.SCHEDULED if when:
            return f"approved, to be announced on {when}"
        case Standing.ANNOUNCED if when:
            return f"given on {when}"
        case other:
            return STANDINGS[other]


def title(seen: SeenNomination | GivenAward) -> str:
    """ "*Ben Okafor* for *Spot award*", ready for mrkdwn."""
    person = seen.nominee if isinstance(seen, SeenNomination) else seen.receiver
    return f"*{kit.name(person.name)}* for *{kit.escape(seen.award)}*"


def day(at: datetime, timezone: str | None) -> str:
    return f"{clock.local(at, timezone):%-d %B %Y}"


def moment(at: datetime | None, timezone: str | None, *, now: datetime) -> str:
    return times.moment(at, timezone, now=now) if at else "at once"


def duration(fastest: timedelta, slowest: timedelta) -> str:
    """How long Slack's limits make it take. A handful of seconds: fewer than one are not worth a word."""
    low, high = max(1, round(fastest.total_seconds())), max(1, round(slowest.total_seconds()))
    return kit.counted(high, "second") if low == high else f"{low} to {high} seconds"

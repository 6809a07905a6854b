"""What stands in place of a message once it is dealt with: done, snoozed, not this week, over."""

from datetime import date, datetime

from bot import clock
from bot.models import RhythmInForce
from bot.slack import Message
from bot.views import kit, rhythms, times
from bot.views.nudges.words import closing, saying, write_button


def done_message(week: date, at: datetime, timezone: str | None) -> Message:
    return saying(
        f"Done {clock.local(at, timezone):%H:%M}.",
        f"Your check-in, week of {week:%-d %B}.",
        below=[kit.buttons(write_button(week, label="Edit"))],
    )


def snoozed_message(until: datetime, week: date | None, timezone: str | None, *, now: datetime) -> Message:
    """`week`: the one to be written, if it was about that."""
    return saying(
        f"Snoozed until {times.moment(until, timezone, now=now)}.",
        "I come back to it then.",
        below=[kit.buttons(write_button(week))] if week else [],
    )


def not_this_week_message(week: date, timezone: str | None, *, now: datetime) -> Message:
    return saying(
        "Not this week.",
        f"I do not ask again for the week of {week:%-d %B}.",
        f"If you change your mind: it stays open until {closing(week, timezone, now)}.",
        below=[kit.buttons(write_button(week))],
    )


def closed_message(week: date) -> Message:
    return saying(f"The week of {week:%-d %B} is closed.", "I ask again next time.")


def slower_message(rhythm: RhythmInForce) -> Message:
    """To whoever answered "Too often?"."""
    return saying("Thank you, noted.", f"From now on I ask you {rhythms.words(rhythm)}.")

"""These texts replace a message that needs no answer any more: its check-in is written, skipped or closed."""

from datetime import date, datetime

from bot import clock
from bot.slack import Message
from bot.views import kit, notifications
from bot.views.checkins.words import write_button
from bot.views.notifications import saying


def done_message(week: date, at: datetime, timezone: str | None) -> Message:
    return saying(
        f"Done {clock.local(at, timezone):%H:%M}.",
        f"Your check-in, week of {week:%-d %B}.",
        below=[kit.buttons(write_button(week, label="Edit"))],
    )


def not_this_week_message(week: date, timezone: str | None, *, now: datetime) -> Message:
    return notifications.not_this_week_message(
        week,
        timezone,
        open_until=clock.closes_at(week, timezone),
        now=now,
        write=write_button(week),
    )


def closed_message(week: date) -> Message:
    return saying(f"The week of {week:%-d %B} is closed.", "I ask again next time.")

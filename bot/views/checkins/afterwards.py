"""These texts replace a message that needs no answer any more: its check-in is written, skipped or closed."""

from datetime import date, datetime

from bot import clock
from bot.slack import Message
from bot.views import notifications
from bot.views.checkins.words import write_button
from bot.views.notifications import saying


def asked_message(week: date) -> Message:
    """The line below it says what became of the question."""
    return saying(f"Your check-in, week of {week:%-d %B}.")


def not_this_week_message(week: date, timezone: str | None, *, now: datetime) -> Message:
    return notifications.not_this_week_message(
        week,
        timezone,
        open_until=clock.closes_at(week, timezone),
        now=now,
        write=write_button(week),
    )

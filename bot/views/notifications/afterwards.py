"""This text replaces a message that its reader has put off. `write` is a button that answers it right away."""

from datetime import date, datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack import Message
from bot.views import kit, times
from bot.views.notifications.words import saying


def snoozed_message(
    until: datetime, timezone: str | None, *, now: datetime, write: ButtonElement | None
) -> Message:
    return saying(
        f"Snoozed until {times.moment(until, timezone, now=now)}.",
        "I come back to it then.",
        below=_below(write),
    )


def not_this_week_message(
    week: date,
    timezone: str | None,
    *,
    open_until: datetime | None,
    now: datetime,
    write: ButtonElement | None,
) -> Message:
    return saying(
        "Not this week.",
        f"I do not ask again for the week of {week:%-d %B}.",
        *_still_open(open_until, timezone, now),
        below=_below(write),
    )


def _still_open(until: datetime | None, timezone: str | None, now: datetime) -> list[str]:
    if until is None:
        return []
    return [f"If you change your mind: it stays open until {times.moment(until, timezone, now=now)}."]


def _below(write: ButtonElement | None) -> list[Block]:
    return [kit.buttons(write)] if write else []

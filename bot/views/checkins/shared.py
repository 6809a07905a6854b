"""A check-in that was just shared ends in this page."""

from datetime import datetime

from slack_sdk.models.views import View

from bot.models.checkins import Shared
from bot.views import kit, times
from bot.views.checkins.form import names_above
from bot.views.checkins.words import closing, write_button

SAVED = "checkins.saved"


def shared_page(
    shared: Shared, timezone: str | None, *, now: datetime, next_step: kit.NextStep | None = None
) -> View:
    week = shared.checkin.week
    edit = write_button(week, label="Edit")
    return kit.confirmation(
        SAVED,
        "Changes saved" if shared.checkin.edited_at else "Check-in shared",
        _readers(shared, now),
        f"You can edit it until {closing(week, timezone, now)}.",
        *_obstacle(shared),
        changes=[edit],
        next_step=next_step,
    )


def _readers(shared: Shared, now: datetime) -> str:
    if shared.manager is None:
        return "Only you can read it: the directory names no manager for you."
    away = times.away(shared.manager, now=now)
    readers = f"{kit.name(shared.manager.name)}{f' ({away})' if away else ''}"
    if shared.line:
        readers += f"; what is not locked also with the line above: {names_above(shared.line)}"
    return f"Shared with {readers}."


def _obstacle(shared: Shared) -> list[str]:
    if shared.manager is None or not shared.has_obstacle:
        return []
    return [f"{kit.name(shared.manager.name)} sees what is in your way. Nothing more for you to do."]

"""These unasked messages are about check-ins: nudge, reminder, digest and welcome. They hold names and weeks, no
answers.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bot.models import RhythmInForce
from bot.models.checkins import Prefill, TeamWeek
from bot.slack import Message
from bot.views import kit, nudges, rhythms
from bot.views.checkins.lists import TEAM_PAGE
from bot.views.checkins.ref import Ref
from bot.views.checkins.words import closing, names, open_calls, write_button
from bot.views.notifications import AFTERWARDS, WEEKLY, menu, saying


def nudge_message(
    week: date,
    timezone: str | None,
    *,
    notification_id: int | None,
    now: datetime,
    ask_too_often: bool = False,
) -> Message:
    buttons = kit.buttons(write_button(week, primary=True), *menu(WEEKLY, notification_id))
    return saying(
        "How was your week?",
        f"Two minutes for your check-in, week of {week:%-d %B}.",
        f"It stays open until {closing(week, timezone, now)}.",
        below=[buttons, *(nudges.too_often(notification_id) if ask_too_often else ())],
    )


def reminder_message(
    week: date, timezone: str | None, *, notification_id: int | None, now: datetime
) -> Message:
    return saying(
        "Your check-in is still open.",
        f"Week of {week:%-d %B}, until {closing(week, timezone, now)}.",
        "After that it closes, and I ask again next time.",
        below=[kit.buttons(write_button(week, primary=True), *menu(WEEKLY, notification_id))],
    )


def digest_message(team: TeamWeek, *, notification_id: int | None, more: Sequence[str] = ()) -> Message:
    """The digest lists obstacles first, then people who wrote, then people who were away. People who did not write are
    only counted. `more` holds sentences of other capabilities about the same team.
    """
    ref = Ref(week=team.week).encode()
    button = kit.button("Open my team", f"{TEAM_PAGE}:digest", ref, primary=True)
    return saying(
        f"Your team's week of {team.week:%-d %B}.",
        *_obstacles(team),
        _written(team),
        *_away(team),
        *more,
        below=[kit.buttons(button, *menu(AFTERWARDS, notification_id))],
    )


def _obstacles(team: TeamWeek) -> list[str]:
    return open_calls(team) or ["Nothing new is in anybody's way."]


def _written(team: TeamWeek) -> str:
    wrote = [one.person for one in team.members if one.checkin_id]
    return f"{team.written} of {team.expected} wrote" + (
        f": {names(wrote, of=team.written)}." if wrote else "."
    )


def _away(team: TeamWeek) -> list[str]:
    away = [one.person for one in team.members if one.is_away and not one.checkin_id]
    return [f"Away: {names(away)}."] if away else []


def welcome_message(rhythm: RhythmInForce, draft: Prefill, *, notification_id: int | None) -> Message:
    """A person gets this once, before the first question. `draft` names the people who will read the check-in."""
    button = kit.button("Choose day and time", rhythms.PREFERENCES, primary=True)
    return saying(
        "Hello, I help you look back on each week.",
        f"I ask you for a short check-in {rhythms.words(rhythm)}.",
        _readers(draft),
        "You can choose another day, hear from me less often, or pause me.",
        below=[kit.buttons(button, *menu(AFTERWARDS, notification_id))],
    )


def _readers(draft: Prefill) -> str:
    if draft.manager is None:
        return "Only you can read it, until the directory names a manager for you."
    manager = kit.short(draft.manager.name, 60)
    if draft.line:
        return f"Read by {manager}, your manager, and by the line above. You can lock an answer to {manager}."
    return f"Read by you and {manager}, your manager. Nobody further up, not HR."

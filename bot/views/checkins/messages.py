"""The courier sends these messages about check-ins. They name people and weeks, never what was written."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import OverflowMenuElement

from bot.models.checkins import CallForHelp, TeamWeek
from bot.slack import Message
from bot.views import kit
from bot.views.checkins.lists import TEAM_PAGE
from bot.views.checkins.page import OPEN
from bot.views.checkins.ref import Ref
from bot.views.checkins.words import names, open_calls
from bot.views.notifications import saying


def team_message(team: TeamWeek, *, has_ended: bool, more: Sequence[OverflowMenuElement] = ()) -> Message:
    """The manager gets this once per week. It grows with each check-in, and loses its buttons when the week has closed.

    `more` is the menu below every unasked message.
    """
    obstacles = f", {kit.counted(team.obstacles, 'obstacle')}" if team.obstacles else ""
    counts = f"{team.written} of {team.expected} shared{obstacles}."
    if has_ended:
        return saying(f"Week of {team.week:%-d %B} closed: {counts}", *open_calls(team), *_shared(team))
    ref = Ref(week=team.week).encode()
    button = kit.button("Open my team", f"{TEAM_PAGE}:week", ref, primary=True, spoken="Open my team's week")
    return saying(
        f"Your team's week: {counts}", *open_calls(team), *_shared(team), below=[kit.buttons(button, *more)]
    )


def _shared(team: TeamWeek) -> list[str]:
    shared = [one.person for one in team.members if one.checkin_id]
    return [f"Shared by {names(shared, of=team.written)}."] if shared else []


def obstacle_message(call: CallForHelp, *, more: Sequence[OverflowMenuElement] = ()) -> Message:
    """The manager gets this at once, as a message of its own."""
    what = "has something in the way" if call.has_obstacle else "asks for your help"
    first = f"{kit.short(call.author.name, 60)} {what}."
    return _with_open(first, f"Week of {call.week:%-d %B}.", call.checkin_id, more)


def withdrawn_message(call: CallForHelp) -> Message:
    """This replaces a call for help that the check-in does not hold any more."""
    return saying(f"{kit.short(call.author.name, 60)}'s check-in.", f"Week of {call.week:%-d %B}.")


def answered_message(by: str, week: date, checkin_id: int, *, own: bool) -> Message:
    """The author or the manager gets this once a day at most. `own` says that the recipient wrote the check-in."""
    whose = "your check-in" if own else "their check-in"
    return _with_open(f"{kit.short(by, 80)} responded to {whose}.", f"Week of {week:%-d %B}.", checkin_id)


def _with_open(first: str, second: str, checkin_id: int, more: Sequence[OverflowMenuElement] = ()) -> Message:
    ref = Ref(checkin=checkin_id).encode()
    return kit.message(
        f"{first} {second}",
        kit.section(f"*{kit.escape(first)}*\n{second}"),
        kit.buttons(kit.button("Open", OPEN, ref, primary=True, spoken=first), *more),
    )

"""The courier sends these messages about check-ins. They name people and weeks, never what was written."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import OverflowMenuElement

from bot import clock
from bot.models import Person
from bot.models.checkins import CallForHelp, Outcome, TeamWeek
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


def obstacle_over_message(call: CallForHelp, reader: Person) -> Message:
    """This replaces the message once there is nothing to do. What was taken on can still be opened, to say that it is
    out of the way.
    """
    about = f"{kit.short(call.author.name, 60)}, week of {call.week:%-d %B}."
    owner = "You" if call.owner is None or call.owner.id == reader.id else kit.short(call.owner.name, 60)
    at = f", {clock.local(call.ended_at, reader.timezone):%H:%M}" if call.ended_at else ""
    if call.outcome is Outcome.TAKEN_ON:
        ref = Ref(checkin=call.checkin_id).encode()
        button = kit.button("Open", OPEN, ref, spoken=f"Open the check-in of {call.author.name}")
        return saying(f"{owner} took this on{at}.", about, below=[kit.buttons(button)])
    if call.outcome is Outcome.CLEARED:
        return saying(f"{owner} got this out of the way{at}.", about)
    if call.outcome is Outcome.ANSWERED:
        return saying(f"You answered this{at}.", about)
    return saying("This is not in the check-in any more.", about)


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

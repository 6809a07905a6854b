"""App Home shows these lines about check-ins."""

from collections.abc import Sequence
from datetime import date

from bot.models import Checkin
from bot.models.checkins import OwnWeeks, PastCheckin, TeamMember, TeamWeek
from bot.views import kit
from bot.views.checkins.lists import HISTORY_PAGE, TEAM_PAGE
from bot.views.checkins.page import OPEN
from bot.views.checkins.ref import Ref
from bot.views.checkins.settings import SETTINGS
from bot.views.home import Fit, HrEntry, HrGroup, Line, QuickAction, Urgency, WaitingLine

WRITE = "checkins.write"


def quick_action(still_open: Checkin | None) -> QuickAction | None:
    """While the person's own check-in waits, its line has the button."""
    if still_open is None:
        return None
    spoken = f"Edit your check-in, week of {still_open.week:%-d %B}"
    edit = kit.button("Edit check-in", f"{WRITE}:edit", Ref(week=still_open.week).encode(), spoken=spoken)
    return QuickAction(edit, Fit.NOW)


def waiting_lines(unwritten: date | None, team: TeamWeek | None) -> list[WaitingLine]:
    """Each check-in that waits gets a line: the person's own, then those of the team, obstacles first."""
    own = [_to_write(unwritten)] if unwritten else []
    members = [one for one in team.members if one.has_open_obstacle or not one.answered] if team else []
    return [*own, *(_to_read(one, one.checkin_id) for one in members if one.checkin_id)]


def _to_write(week: date) -> WaitingLine:
    write = kit.button("Write", WRITE, Ref(week=week).encode(), primary=True, spoken="Write your check-in")
    return WaitingLine(f"Your check-in for the week of {week:%-d %B}.", write, urgency=Urgency.OWN)


def _to_read(member: TeamMember, checkin_id: int) -> WaitingLine:
    spoken = f"Open the check-in of {member.person.name}"
    button = kit.button("Open", OPEN, Ref(checkin=checkin_id).encode(), spoken=spoken)
    name = kit.name(member.person.name)
    if member.has_open_obstacle:
        return WaitingLine(f"{name} has something in the way.", button, urgency=Urgency.ASKED)
    if member.waits_for_help:
        return WaitingLine(f"{name} asks for your help.", button, urgency=Urgency.ASKED)
    return WaitingLine(f"{name} shared a check-in.", button, urgency=Urgency.NEWS)


def mine_lines(own: OwnWeeks) -> list[Line]:
    """A newcomer has nothing to look back at. What was said to the newest check-in gets a line of its own."""
    if not own.recent:
        return []
    newest = own.recent[0]
    said = f"*Check-ins*: the last is for the week of {newest.checkin.week:%-d %B}."
    commented = [_commented(newest)] if newest.comments else []
    return [Line(said, kit.button("My check-ins", HISTORY_PAGE)), *commented]


def _commented(entry: PastCheckin) -> Line:
    ref = Ref(checkin=entry.checkin.id).encode()
    week = f"week of {entry.checkin.week:%-d %B}"
    said = f"Your check-in for the {week} has {kit.counted(entry.comments, 'comment')}."
    return Line(said, kit.button("Open", OPEN, ref, spoken=f"Open {week}"))


def team_on_home(team: TeamWeek | None) -> Sequence[Line]:
    """Only managers see this line. The names stay in the team's own window."""
    if team is None:
        return ()
    said = [f"{team.written} of {team.expected} wrote their check-in for the week of {team.week:%-d %B}."]
    if team.obstacles:
        said.append(f"{kit.counted(team.obstacles, 'obstacle')} nobody has taken on.")
    if team.away:
        said.append(f"{team.away} away.")
    return [Line(" ".join(said), kit.button("Open my team", TEAM_PAGE))]


def hr_entries() -> list[HrEntry]:
    return [HrEntry(HrGroup.PEOPLE, kit.button("Check-in settings", SETTINGS))]

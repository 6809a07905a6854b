"""App Home shows these sections about check-ins."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from bot.models.checkins import PastCheckin, TeamWeek
from bot.views import kit
from bot.views.checkins.lists import HISTORY_PAGE, TEAM_PAGE
from bot.views.checkins.page import OPEN
from bot.views.checkins.ref import Ref

WRITE = "checkins.write"


def quick_actions() -> list[ButtonElement]:
    return [
        kit.button("Write a check-in", WRITE),
        kit.button("My check-ins", f"{HISTORY_PAGE}:quick"),
    ]


def waiting_lines(unwritten: date | None, team: TeamWeek | None) -> list[Block]:
    """Each check-in that waits gets a line. The person's own come first, so that a large team cannot push them out; the
    team's follow, obstacles first.
    """
    blocks: list[Block] = []
    if unwritten:
        write = kit.button(
            "Write", WRITE, Ref(week=unwritten).encode(), primary=True, spoken="Write your check-in"
        )
        blocks.append(kit.section(f"Your check-in for the week of {unwritten:%-d %B}.", button=write))
    for member in team.members if team else ():
        if member.checkin_id is None or member.answered:
            continue
        name = kit.name(member.person.name)
        what = "has something in the way" if member.obstacle else "shared a check-in"
        ref = Ref(checkin=member.checkin_id).encode()
        spoken = f"Open the check-in of {member.person.name}"
        blocks.append(kit.section(f"{name} {what}.", button=kit.button("Open", OPEN, ref, spoken=spoken)))
    return blocks


def mine_section(entries: Sequence[PastCheckin]) -> list[Block]:
    if not entries:
        return [
            kit.header("My check-ins"),
            kit.section("Nothing here yet. Your first one takes about two minutes."),
        ]
    lines = [
        kit.section(
            f"Week of {entry.checkin.week:%-d %B}"
            + (f" · {kit.counted(entry.comments, 'comment')}" if entry.comments else ""),
            button=kit.button(
                "Open",
                OPEN,
                Ref(checkin=entry.checkin.id).encode(),
                spoken=f"Open week of {entry.checkin.week}",
            ),
        )
        for entry in entries
    ]
    return [kit.header("My check-ins"), *lines, kit.buttons(kit.button("All my check-ins", HISTORY_PAGE))]


def team_section(team: TeamWeek | None) -> list[Block]:
    """Only managers see this section. The names stay in the team's own window."""
    if team is None:
        return []
    obstacles = sum(1 for member in team.members if member.obstacle and not member.obstacle_taken)
    away = sum(1 for member in team.members if member.is_away)
    said = [f"{team.written} of {team.expected} wrote their check-in for the week of {team.week:%-d %B}."]
    if obstacles:
        said.append(f"Obstacles nobody has taken on: {obstacles}.")
    if away:
        said.append(f"Away: {away}.")
    return [
        kit.header("My team"),
        kit.section("\n".join(said)),
        kit.buttons(kit.button("Open my team", TEAM_PAGE)),
    ]

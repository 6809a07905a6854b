"""These lists show many check-ins at once: a team's week for its manager, and a person's own history."""

from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.models.checkins import HistoryPage, PastCheckin, TeamMember, TeamWeek
from bot.spelling import command
from bot.views import kit, times
from bot.views.checkins.page import OPEN
from bot.views.checkins.ref import Ref

HISTORY_PAGE = "checkins.history"
TEAM_PAGE = "checkins.team"
HAND_OVER = "checkins.hand_over"


def team_page(team: TeamWeek | None, now: datetime) -> View:
    if team is None:
        return kit.modal(
            TEAM_PAGE,
            "Your team",
            [
                kit.section(
                    "Nobody reports to you in the directory. If that is wrong, ask your HR admin to correct it."
                )
            ],
        )
    earlier = Ref(week=team.week - timedelta(weeks=1)).encode()
    later = Ref(week=team.week + timedelta(weeks=1)).encode()
    return kit.modal(
        TEAM_PAGE,
        "Your team",
        [
            *team_lines(team, now),
            kit.buttons(
                kit.button("Week before", f"{TEAM_PAGE}:earlier", earlier),
                kit.button("Week after", f"{TEAM_PAGE}:later", later),
            ),
        ],
    )


def team_lines(team: TeamWeek, now: datetime) -> list[Block]:
    blocks: list[Block] = [
        kit.section(f"*Week of {team.week:%-d %B}*\n{team.written} of {team.expected} wrote their check-in.")
    ]
    blocks += [block for member in team.members for block in _member(member, now)]
    if team.more:
        blocks.append(kit.small(f"And {team.more} more; whoever has something in the way is shown first."))
    return blocks


def _absence(member: TeamMember, now: datetime) -> str:
    """Whoever is away by their Slack status is back on a day; a pause that somebody asked for is only called away."""
    if not member.is_away:
        return ""
    away = times.away(member.person, now=now) or "away"
    return f"{away[0].upper()}{away[1:]}"


def _member(member: TeamMember, now: datetime) -> list[Block]:
    name = kit.name(member.person.name)
    if member.checkin_id is None:
        return [kit.section(f"*{name}*\n{_absence(member, now) or 'Not written yet'}")]
    state = "Answered" if member.answered else "New"
    blocks: list[Block] = [
        kit.section(
            f"*{name}*\n{_obstacle_state(member) or state}",
            button=_open(member.checkin_id, member.person.name),
        )
    ]
    if member.obstacle and not member.obstacle_taken:
        blocks.append(kit.typed(kit.short(member.obstacle, 300)))
    return blocks


def _obstacle_state(member: TeamMember) -> str | None:
    if member.obstacle is None:
        return None
    return "You took the obstacle on" if member.obstacle_taken else "Something is in the way"


def _open(checkin_id: int, name: str) -> ButtonElement:
    return kit.button("Open", OPEN, Ref(checkin=checkin_id).encode(), spoken=f"Open the check-in of {name}")


def history_page(history: HistoryPage) -> View:
    if not history.entries.items:
        return kit.modal(
            HISTORY_PAGE,
            "Your check-ins",
            [
                kit.section(
                    f"Nothing here yet. Send {command('checkin')} to write your first one; it takes about two minutes."
                )
            ],
        )
    blocks: list[Block] = [block for entry in history.entries.items for block in _entry(entry)]
    blocks += kit.older(history.entries, f"{HISTORY_PAGE}:older", lambda last: Ref(checkin=last).encode())
    return kit.modal(HISTORY_PAGE, "Your check-ins", [*blocks, *_hand_over(history)])


def _entry(entry: PastCheckin) -> list[Block]:
    said = entry.checkin.answers[0].text if entry.checkin.answers else ""
    comments = f" · {kit.counted(entry.comments, 'comment')}" if entry.comments else ""
    when = f"Week of {entry.checkin.week:%-d %B %Y}"
    ref = Ref(checkin=entry.checkin.id).encode()
    return [
        kit.section(f"*{when}*{comments}", button=kit.button("Open", OPEN, ref, spoken=f"Open {when}")),
        kit.small_plain(kit.short(said, 140)),
    ]


def _hand_over(history: HistoryPage) -> list[Block]:
    if not history.to_hand_over or history.manager is None:
        return []
    name = kit.name(history.manager.name)
    return [
        kit.rule(),
        kit.section(
            f"{name} is your manager now and cannot read what you wrote for others before ({history.to_hand_over})."
        ),
        kit.buttons(kit.button(f"Share these with {history.manager.name}", HAND_OVER)),
    ]

"""App Home, in reading order: waiting for me, quick actions, mine, my team, HR, pause and preferences."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.checkins import PastCheckin, TeamWeek
from bot.models.kudos import MyKudos
from bot.slack import Message
from bot.views import awards, checkins, kit, kudos

WAITING_SHOWN = 3
CHECKINS_FIRST = 2  # of the three, so that a big team's week does not hide all else


def home(
    name: str,
    unwritten: date | None,
    recent: Sequence[PastCheckin],
    team: TeamWeek | None,
    *,
    thanks: MyKudos | None = None,
    waiting: Sequence[Block] = (),
    goals: Sequence[Block] = (),
    team_goals: Sequence[Block] = (),
    hr: Sequence[Block] = (),
    preferences: Sequence[Block] = (),
) -> View:
    """`waiting`: a line each for what else waits. `hr`: only for HR admins."""
    checked_in = checkins.waiting_lines(unwritten, team)
    return View(
        type="home",
        blocks=[
            *_waiting([*checked_in[:CHECKINS_FIRST], *waiting, *checked_in[CHECKINS_FIRST:]]),
            *_quick_actions(),
            *goals,
            *checkins.mine_section(recent),
            *(kudos.mine_section(thanks) if thanks else []),
            *awards.section(),
            *checkins.team_section(team),
            *team_goals,
            *hr,
            *preferences,
            kit.small(
                f"You are signed in as {kit.name(name)}. Send `/rapport help` to see what you can type."
            ),
        ],
    )


def _waiting(lines: Sequence[Block]) -> list[Block]:
    if not lines:
        return [kit.header("Waiting for me"), kit.section("Nothing waits for you.")]
    more = len(lines) - WAITING_SHOWN
    rest = [kit.small(f"And {more} more below.")] if more > 0 else []
    return [kit.header("Waiting for me"), *lines[:WAITING_SHOWN], *rest]


def _quick_actions() -> list[Block]:
    return [
        kit.buttons(
            kit.button("Write a check-in", checkins.WRITE),
            kit.button("My check-ins", f"{checkins.HISTORY_PAGE}:quick"),
            block_id="quick_actions",
        )
    ]


def closed(sentence: str) -> View:
    """For people Rapport does not talk with: why, and who could help."""
    return View(type="home", blocks=[kit.section(kit.escape(sentence))])


def refreshed() -> Message:
    text = "Your Home tab is up to date. Open it from the top of our conversation."
    return kit.message(text, kit.section(text))

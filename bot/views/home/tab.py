"""The zones of Home stand in this order: waiting for me, quick actions, my team, HR, mine, the company, preferences.

All parts together stay below forty blocks, so that Home is read in a few seconds on a phone. Nothing is indented by
spaces, because a narrow window wraps such lines in the middle.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack import Message
from bot.spelling import command
from bot.views import kit
from bot.views.home.parts import HomePart, HrGroup, Line, Urgency, WaitingLine

SHOW_WAITING = "home.waiting"
SHOW_WHOLE = "home.whole"

# The sum of what is shown at most: 5 waiting, 1 row of actions, 5 of the team, 7 of HR, 16 of one's own, 1 of the
# company, 3 of preferences and the last line.
MOST_BLOCKS = 39
WAITING_SHOWN = 3
WAITING_LISTED = 36
ACTIONS_SHOWN = 5
MINE_BLOCKS = 15
TEAM_SHOWN = 2  # lines of the team that need a hand, beside one sum for each capability
BUTTONS_IN_A_BLOCK = 25  # Slack's limit

Shown = TypeVar("Shown", bound=Line)


def home(name: str, parts: Sequence[HomePart], *, is_hr: bool) -> View:
    """Within each zone the parts keep their order, which is that of the table of capabilities."""
    return View(
        type="home",
        blocks=[
            *_waiting(parts),
            *_quick_actions(parts),
            *_team(parts),
            *(_hr(parts) if is_hr else ()),
            *_mine(parts),
            *_company(parts),
            *_preferences(parts),
            kit.small(
                f"You are signed in as {kit.name(name)}. Send `{command('rapport help')}` to see what you can type."
            ),
        ],
    )


def waiting(parts: Sequence[HomePart]) -> View:
    """Home for a moment: all that waits, and the way back."""
    lines = _in_order(parts)
    more = len(lines) - WAITING_LISTED
    rest = [kit.small(f"And {more} more. They come here as you go through these.")] if more > 0 else []
    return View(
        type="home",
        blocks=[
            kit.header("Waiting for me"),
            *(map(_block, lines[:WAITING_LISTED]) if lines else [kit.section("Nothing waits for you.")]),
            *rest,
            kit.buttons(kit.button("Back", SHOW_WHOLE, spoken="Back to the whole of Home")),
        ],
    )


def _waiting(parts: Sequence[HomePart]) -> list[Block]:
    lines = _in_order(parts)
    if not lines:
        return [kit.header("Waiting for me"), kit.section("Nothing waits for you.")]
    more = len(lines) - WAITING_SHOWN
    show = kit.button("Show all", SHOW_WAITING, spoken="Show all that waits for me")
    rest = [kit.section(f"And {more} more.", button=show)] if more > 0 else []
    return [kit.header("Waiting for me"), *map(_block, lines[:WAITING_SHOWN]), *rest]


def _in_order(parts: Sequence[HomePart]) -> list[WaitingLine]:
    """The most urgent lines come first, and among equals one of each capability before the second of any."""
    return [
        line
        for urgency in Urgency
        for line in _by_turns([[one for one in part.waiting if one.urgency == urgency] for part in parts])
    ]


def _by_turns(lists: Iterable[Sequence[Shown]]) -> list[Shown]:
    """The first line of each list, then the second of each, and so on."""
    placed = ((turn, place, line) for place, lines in enumerate(lists) for turn, line in enumerate(lines))
    return [line for _, _, line in sorted(placed, key=lambda one: one[:2])]


def _quick_actions(parts: Sequence[HomePart]) -> list[Block]:
    actions = sorted((part.action for part in parts if part.action), key=lambda action: action.fit)
    buttons = [action.button for action in actions[:ACTIONS_SHOWN]]
    return [kit.buttons(*buttons, block_id="quick_actions")] if buttons else []


def _team(parts: Sequence[HomePart]) -> list[Block]:
    sums = [part.team[0] for part in parts if part.team]
    need_a_hand = _by_turns([part.team[1:] for part in parts])
    return [*_together("My team", sums), *map(_block, need_a_hand[:TEAM_SHOWN])]


def _hr(parts: Sequence[HomePart]) -> list[Block]:
    blocks: list[Block] = []
    for group in HrGroup:
        buttons = [entry.button for part in parts for entry in part.hr if entry.group == group]
        if buttons:
            blocks += [kit.small(f"*{group}*"), kit.buttons(*buttons[:BUTTONS_IN_A_BLOCK])]
    return [kit.header("HR"), *blocks] if blocks else []


def _mine(parts: Sequence[HomePart]) -> list[Block]:
    """What does not fit is left out by turns, so that each capability keeps its first line."""
    fit = {id(line) for line in _fitting(_by_turns([part.mine for part in parts]), MINE_BLOCKS)}
    lines = [line for part in parts for line in part.mine if id(line) in fit]
    return [kit.header("Mine"), *(block for line in lines for block in _quoting(line))] if lines else []


def _fitting(lines: Iterable[Line], room: int) -> Iterator[Line]:
    for line in lines:
        room -= len(_quoting(line))
        if room < 0:
            return
        yield line


def _quoting(line: Line) -> list[Block]:
    return [_block(line), *([kit.small_plain(line.quote)] if line.quote else [])]


def _company(parts: Sequence[HomePart]) -> list[Block]:
    return [_block(part.company) for part in parts if part.company][:1]


def _preferences(parts: Sequence[HomePart]) -> list[Block]:
    return _together("Pause and preferences", [part.preference for part in parts if part.preference])


def _block(line: Line) -> Block:
    return kit.section(line.said, button=line.button)


def _together(title: str, lines: Sequence[Line]) -> list[Block]:
    """The lines stand in one block and their buttons in one row: three blocks for any number of capabilities."""
    if not lines:
        return []
    bullet = "• " if len(lines) > 1 else ""
    buttons = [line.button for line in lines if line.button][:BUTTONS_IN_A_BLOCK]
    return [
        kit.header(title),
        kit.section("\n".join(f"{bullet}{line.said}" for line in lines)),
        *([kit.buttons(*buttons)] if buttons else []),
    ]


def closed(sentence: str) -> View:
    """People without access to Rapport read why, and who could help."""
    return View(type="home", blocks=[kit.section(kit.escape(sentence))])


def refreshed() -> Message:
    text = "Your Home tab is up to date. Open it from the top of our conversation."
    return kit.message(text, kit.section(text))

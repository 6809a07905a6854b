"""App Home shows in this order: waiting for me, quick actions, mine, my team, HR, pause and preferences."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.slack import Message
from bot.spelling import command
from bot.views import kit

WAITING_SHOWN = 3
WAITING_FIRST = 2  # lines of one capability, so that a big team does not hide the rest
BUTTONS_IN_A_ROW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePart:
    """One capability shows this on somebody's Home. `waiting` holds a line for each thing that waits for this person.

    `hr` and `hr_buttons` are shown to HR admins, `team` to managers; the capability leaves them empty for everybody
    else.
    """

    waiting: Sequence[Block] = ()
    actions: Sequence[ButtonElement] = ()
    mine: Sequence[Block] = ()
    team: Sequence[Block] = ()
    hr: Sequence[Block] = ()
    hr_buttons: Sequence[ButtonElement] = ()
    preferences: Sequence[Block] = ()


def home(name: str, parts: Sequence[HomePart], *, is_hr: bool) -> View:
    """Within each section the parts keep their order, which is that of the table of capabilities."""
    return View(
        type="home",
        blocks=[
            *_waiting(parts),
            *_quick_actions([button for part in parts for button in part.actions]),
            *(block for part in parts for block in part.mine),
            *(block for part in parts for block in part.team),
            *(_hr(parts) if is_hr else ()),
            *_preferences([block for part in parts for block in part.preferences]),
            kit.small(
                f"You are signed in as {kit.name(name)}. Send `{command('rapport help')}` to see what you can type."
            ),
        ],
    )


def _waiting(parts: Sequence[HomePart]) -> list[Block]:
    first = [line for part in parts for line in part.waiting[:WAITING_FIRST]]
    lines = [*first, *(line for part in parts for line in part.waiting[WAITING_FIRST:])]
    if not lines:
        return [kit.header("Waiting for me"), kit.section("Nothing waits for you.")]
    more = len(lines) - WAITING_SHOWN
    rest = [kit.small(f"And {more} more below.")] if more > 0 else []
    return [kit.header("Waiting for me"), *lines[:WAITING_SHOWN], *rest]


def _quick_actions(buttons: Sequence[ButtonElement]) -> list[Block]:
    return [kit.buttons(*buttons, block_id="quick_actions")] if buttons else []


def _hr(parts: Sequence[HomePart]) -> list[Block]:
    buttons = [button for part in parts for button in part.hr_buttons]
    rows = [buttons[at : at + BUTTONS_IN_A_ROW] for at in range(0, len(buttons), BUTTONS_IN_A_ROW)]
    return [
        kit.header("HR"),
        *(block for part in parts for block in part.hr),
        kit.section(
            "Choose which questions are asked, when, who reads along, and what counts as being away."
        ),
        *(kit.buttons(*row) for row in rows),
    ]


def _preferences(blocks: Sequence[Block]) -> list[Block]:
    return [kit.header("Pause and preferences"), *blocks] if blocks else []


def closed(sentence: str) -> View:
    """People without access to Rapport read why, and who could help."""
    return View(type="home", blocks=[kit.section(kit.escape(sentence))])


def refreshed() -> Message:
    text = "Your Home tab is up to date. Open it from the top of our conversation."
    return kit.message(text, kit.section(text))

"""Goals inside the check-in form: how they stand, one tap for "no change", and which one next week serves."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.models.goals import GoalSummary
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.parts import Below, Ref
from bot.views.goals.updating import NO_CHANGE, UPDATE

SERVES = "serves"


def checkin_blocks(lines: Sequence[GoalSummary], week: date, noted: int | None = None) -> list[Block]:
    """`noted`: the goal whose "no change" was pressed just now. Updating opens on top and keeps what is typed."""
    if not lines:
        return []
    return [
        kit.rule(),
        kit.section("*How do your goals stand?*"),
        *(b for one in lines for b in _goal(one, week, noted)),
    ]


def _goal(line: GoalSummary, week: date, noted: int | None) -> list[Block]:
    ref = Ref(goal=line.goal_id, seen=line.version, below=Below.CHECKIN, week=week).encode()
    taps = [kit.button("Update", UPDATE, ref, spoken=f"Update {line.title}")]
    if line.confidence and line.goal_id != noted:
        taps.append(kit.button("No change", NO_CHANGE, ref, spoken=f"No change: {line.title}"))
    said = " · Noted: no change" if line.goal_id == noted else ""
    return [kit.section(f"{words.title(line, 100)}\n{words.standing(line)}{said}"), kit.buttons(*taps)]


def serves_input(lines: Sequence[GoalSummary], chosen: int | None = None) -> list[Block]:
    if not lines:
        return []
    choices = {str(line.goal_id): line.title for line in lines}
    return [
        kit.choice_input(
            SERVES,
            "Which goal does next week's work serve?",
            choices,
            value=str(chosen) if chosen else None,
            optional=True,
            placeholder="None in particular",
        )
    ]


def read_serves(values: kit.Values) -> int | None:
    return kit.row_id(values.choice(SERVES))

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


def checkin_blocks(goals: Sequence[GoalSummary], week: date, noted: int | None = None) -> list[Block]:
    """`noted` is the goal whose "no change" was pressed just now. An update opens on top, so what is typed in the
    check-in stays.
    """
    if not goals:
        return []
    return [
        kit.rule(),
        kit.section("*How do your goals stand?*"),
        *(b for one in goals for b in _goal(one, week, noted)),
    ]


def _goal(goal: GoalSummary, week: date, noted: int | None) -> list[Block]:
    ref = Ref(goal=goal.goal_id, seen=goal.version, below=Below.CHECKIN, week=week).encode()
    taps = [kit.button("Update", UPDATE, ref, spoken=f"Update {goal.title}")]
    if goal.confidence and goal.goal_id != noted:
        taps.append(kit.button("No change", NO_CHANGE, ref, spoken=f"No change: {goal.title}"))
    said = " · Noted: no change" if goal.goal_id == noted else ""
    return [kit.section(f"{words.title(goal, 100)}\n{words.standing(goal)}{said}"), kit.buttons(*taps)]


def serves_input(goals: Sequence[GoalSummary], chosen: int | None = None) -> list[Block]:
    if not goals:
        return []
    choices = {str(goal.goal_id): goal.title for goal in goals}
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

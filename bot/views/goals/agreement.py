"""Agreeing on a goal: the message that asks for it, suggesting a change, and the answer."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View

from bot.models.goals import GoalReading, GoalState
from bot.slack import Message
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.parts import OPEN, Menu, Ref, heading, message, open_unnamed, who_sees

AGREE, SUGGEST = "goals.agree", "goals.suggest"
TEXT = "text"


def suggest_form(reading: GoalReading, ref: Ref) -> View:
    hint = f"{kit.short(reading.summary.owner_name, 40)} decides what to do with it."
    return kit.modal(
        SUGGEST,
        "Suggest a change",
        [
            heading(reading),
            kit.text_input(
                TEXT,
                "What would you change, and why?",
                hint=hint,
                limit=1000,
            ),
            who_sees(reading),
        ],
        submit="Send suggestion",
        metadata=ref.encode(),
    )


def read_text(view: Mapping[str, Any], field: str = TEXT) -> str:
    return kit.Values(view).text(field)


def proposed_message(reading: GoalReading, *, is_own: bool = False, more: Menu = ()) -> Message:
    """The manager is asked to agree; where somebody else set the goal, its owner is (`is_own`). Once answered, the
    message says what became of it.
    """
    goal = reading.summary
    owner = kit.short(goal.owner_name, 60)
    if goal.state != GoalState.PROPOSED or not reading.may_agree:
        return state_message(reading)
    ref = Ref(goal=goal.goal_id, seen=goal.version).encode()
    whose = f"{kit.short(reading.state_by, 60)} has a goal for you" if is_own else f"{owner} set a goal"
    return message(
        f"{whose}: do you see it the same way?",
        f"{words.named(goal)}, {goal.period}.",
        _measured(reading),
        buttons=[
            kit.button("Looks good", AGREE, ref, primary=True, spoken=f"Looks good: the goal of {owner}"),
            kit.button("Suggest a change", SUGGEST, ref),
            kit.button("Open", OPEN, ref, spoken=f"Open the goal of {owner}"),
            *more,
        ],
    )


def _measured(reading: GoalReading) -> str:
    count = len(reading.key_results)
    return f"It has {kit.counted(count, 'key result')}." if count else "It has no key results yet."


def state_message(reading: GoalReading) -> Message:
    goal = reading.summary
    said = f"{words.STATES[goal.state]} by {kit.short(reading.state_by, 60)}: {words.named(goal)}."
    return message(said, buttons=[open_unnamed(goal)])


def over_message(reading: GoalReading) -> Message:
    """The question about this goal is over; the line below says what became of it."""
    goal = reading.summary
    return message(f"{words.named(goal)}, a goal of {kit.short(goal.owner_name, 60)}.")


def answered_message(reading: GoalReading, by: str) -> Message:
    """The person who proposed or closed the goal reads the answer."""
    goal, who = reading.summary, kit.short(by, 60)
    if goal.state == GoalState.AGREED:
        return message(f"{who} agreed to {words.named(goal)}.", buttons=[open_unnamed(goal)])
    if goal.is_open:
        return message(
            f"{who} suggests a change to {words.named(goal)}.",
            "Open it to read why. What you do with it is up to you.",
            buttons=[open_unnamed(goal, primary=True)],
        )
    if reading.closing is None or reading.closing.confirmed_by is None:
        return state_message(reading)
    return message(
        f"{who} confirmed how {words.named(goal)} ended.",
        "Open it to see both scores, and what was said with them.",
        buttons=[open_unnamed(goal, primary=True)],
    )

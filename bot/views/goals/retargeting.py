"""Changing one key result: another way to go, or none any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models import KeyResult
from bot.models.goals import GoalReading, Measure
from bot.notation import read_number, show_number
from bot.views import kit
from bot.views.goals import key_results, words
from bot.views.goals.changing import REASON, why_input
from bot.views.goals.ref import Ref
from bot.views.goals.update import who_sees

RETARGET = "goals.retarget"
KEY_RESULT, WAY, DROP = "key_result", "way", "drop"
SIDES = {Measure.METRIC: 2, Measure.HOLD: 1}  # of the arrow
ASKED = {
    Measure.METRIC: "Write two numbers with an arrow between them, such as 40 → 25, or: drop",
    Measure.HOLD: "Write the one number to hold, such as 99.9, or: drop",
}
NO_NUMBERS = "This key result has no numbers to change. Write drop, and add another one in its place."


@dataclass(frozen=True, slots=True)
class Retargeted:
    """`start` and `target`: as they are where the key result is to be dropped."""

    key_result_id: int
    start: float
    target: float
    is_dropped: bool
    reason: str


def retarget_form(reading: GoalReading, came_from: Ref) -> View:
    results = {str(one.id): one.title for one in reading.key_results}
    first = reading.key_results[0]
    now = "\n".join(
        f"• {kit.escape(kit.short(one.title, 80))}: {kit.escape(_way(one))}" for one in reading.key_results
    )
    return kit.modal(
        RETARGET,
        "Change a key result",
        [
            kit.section(f"*{words.title(reading.line)}*\n{now}"),
            kit.choice_input(KEY_RESULT, "Which one?", results, value=str(first.id)),
            kit.text_input(
                WAY,
                "From where to where?",
                hint="Such as 40 → 25. For a number to hold, the number alone. Write drop if it is to count no more.",
                value=_way(first) if len(results) == 1 else "",
                multiline=False,
                limit=80,
            ),
            why_input(),
            who_sees(reading),
        ],
        submit="Save key result",
        metadata=came_from.showing(reading.line).encode(),
    )


def _way(one: KeyResult) -> str:
    if one.measure == Measure.METRIC:
        return f"{show_number(one.start)} → {show_number(one.target, one.unit)}"
    return show_number(one.target, one.unit) if one.measure == Measure.HOLD else key_results.state(one)


def read_retarget(view: Mapping[str, Any], reading: GoalReading) -> Retargeted:
    values = kit.Values(view)
    chosen, way, reason = kit.row_id(values.choice(KEY_RESULT)), values.text(WAY), values.text(REASON)
    result = next((one for one in reading.key_results if one.id == chosen), None)
    if result is None:
        raise Invalid("This key result counts no more. Choose another one.", field=KEY_RESULT)
    if way.lower() == DROP:
        return Retargeted(result.id, result.start, result.target, True, reason)
    sides = key_results.ARROW.split(way)
    if len(sides) != SIDES.get(result.measure):
        raise Invalid(ASKED.get(result.measure, NO_NUMBERS), field=WAY)
    numbers = [read_number(side, unit=result.unit, field=WAY) for side in sides]
    return Retargeted(result.id, numbers[0], numbers[-1], False, reason)


def retarget_field(field: str | None) -> str | None:
    """Both numbers stand in one field."""
    return WAY if field in ("start", "target") else field

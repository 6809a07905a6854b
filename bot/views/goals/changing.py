"""Changing a goal: its words, its key results, what it serves, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models import KeyResult
from bot.models.goals import GoalKind, GoalReading, Level, Measure, NewKeyResult, Visibility
from bot.notation import read_number, show_number
from bot.views import kit
from bot.views.goals import key_results, words
from bot.views.goals.parts import Ref, conflict_block, heading, who_sees
from bot.views.goals.setting import (
    CO_OWNERS,
    KIND,
    MOST_CO_OWNERS,
    TITLE,
    VISIBILITY,
    one_of,
    parent_input,
    read_parent,
    visibility_input,
)

EDIT, ALIGN = "goals.edit", "goals.align"
ADD, HAND_OVER = "goals.add", "goals.hand_over"
DETAIL, REASON, OWNER = "detail", "reason", "owner"

RETARGET = "goals.retarget"
KEY_RESULT, WAY, DROP = "key_result", "way", "drop"
SIDES = {Measure.METRIC: 2, Measure.HOLD: 1}  # of the arrow
ASKED = {
    Measure.METRIC: "Write two numbers with an arrow between them, such as 40 → 25, or: drop",
    Measure.HOLD: "Write the one number to hold, such as 99.9, or: drop",
}
NO_NUMBERS = "This key result has no numbers to change. Write drop, and add another one in its place."


@dataclass(frozen=True, slots=True)
class Edited:
    title: str
    detail: str
    kind: GoalKind
    visibility: Visibility
    co_owners: tuple[str, ...]
    reason: str


def meanwhile(form: View, sentence: str) -> View:
    """The form for the version there is now, with the conflict on top. Fields keep their ids, and with them what
    was typed.
    """
    form.blocks = [conflict_block(sentence), *(form.blocks or [])]
    return form


def edit_form(reading: GoalReading, came_from: Ref) -> View:
    goal = reading.summary
    users = [one.slack_user_id for one in reading.co_owners if one.slack_user_id]
    limitable = (
        [visibility_input(goal.visibility, reading.manager_name)] if goal.level == Level.PERSON else []
    )
    return kit.modal(
        EDIT,
        "Change goal",
        [
            kit.text_input(
                TITLE, "What will be true at the end?", value=goal.title, multiline=False, limit=150
            ),
            kit.text_input(
                DETAIL, "What else is good to know?", value=reading.detail or "", optional=True, limit=2000
            ),
            kit.choice_input(KIND, "What kind of goal?", words.KINDS, value=goal.kind),
            kit.people_input(
                CO_OWNERS, "Who answers for it too?", most=MOST_CO_OWNERS, values=users, optional=True
            ),
            *limitable,
            why_input(),
            who_sees(reading),
        ],
        submit="Save changes",
        metadata=came_from.showing(reading.summary).encode(),
    )


def why_input() -> Block:
    return kit.text_input(REASON, "Why? It stays in the history", multiline=False, optional=True, limit=1000)


def read_edit(view: Mapping[str, Any]) -> Edited:
    values = kit.Values(view)
    return Edited(
        title=values.text(TITLE),
        detail=values.text(DETAIL),
        kind=one_of(GoalKind, values.choice(KIND), GoalKind.COMMITTED),
        visibility=one_of(Visibility, values.choice(VISIBILITY), Visibility.OPEN),
        co_owners=tuple(values.users(CO_OWNERS)),
        reason=values.text(REASON),
    )


def align_form(reading: GoalReading, came_from: Ref) -> View:
    return kit.modal(
        ALIGN,
        "Link to a goal",
        [heading(reading), parent_input(reading.parent, is_local=reading.is_local), who_sees(reading)],
        submit="Save link",
        metadata=came_from.showing(reading.summary).encode(),
    )


def read_align(view: Mapping[str, Any]) -> tuple[int | None, bool]:
    return read_parent(kit.Values(view))


def add_form(reading: GoalReading, came_from: Ref) -> View:
    return kit.modal(
        ADD,
        "Add a key result",
        [
            heading(reading),
            kit.text_input(
                key_results.FIELD,
                "How will you see it?",
                hint=key_results.HINT,
                multiline=False,
                limit=500,
            ),
            who_sees(reading),
        ],
        submit="Add key result",
        metadata=came_from.showing(reading.summary).encode(),
    )


def read_add(view: Mapping[str, Any]) -> NewKeyResult:
    return key_results.read_line(kit.Values(view).text(key_results.FIELD))


def hand_over_form(reading: GoalReading, came_from: Ref) -> View:
    return kit.modal(
        HAND_OVER,
        "Hand over goal",
        [
            heading(reading),
            kit.person_input(OWNER, "Who owns it from now on?"),
            kit.small("Its history goes along. The new owner's manager and HR read it too if it is limited."),
        ],
        submit="Hand over",
        metadata=came_from.showing(reading.summary).encode(),
    )


def read_hand_over(view: Mapping[str, Any]) -> str:
    """Returns a Slack user id."""
    picked = kit.Values(view).user(OWNER)
    if picked is None:
        raise Invalid("Choose who owns it from now on.", field=OWNER)
    return picked


@dataclass(frozen=True, slots=True)
class Retargeted:
    """`start` and `target` stay as they are where the key result is to be dropped."""

    key_result_id: int
    start: float
    target: float
    is_dropped: bool
    reason: str


def retarget_form(reading: GoalReading, came_from: Ref) -> View:
    results = {str(one.id): one.title for one in reading.key_results}
    first = reading.key_results[0]
    now = "\n".join(
        f"• {kit.escape(kit.short(one.title, 80))}: {kit.escape(_from_to(one))}"
        for one in reading.key_results
    )
    return kit.modal(
        RETARGET,
        "Change a key result",
        [
            kit.section(f"*{words.title(reading.summary)}*\n{now}"),
            kit.choice_input(KEY_RESULT, "Which one?", results, value=str(first.id)),
            kit.text_input(
                WAY,
                "From where to where?",
                hint="Such as 40 → 25. For a number to hold, the number alone. Write drop if it is to count no more.",
                value=_from_to(first) if len(results) == 1 else "",
                multiline=False,
                limit=80,
            ),
            why_input(),
            who_sees(reading),
        ],
        submit="Save key result",
        metadata=came_from.showing(reading.summary).encode(),
    )


def _from_to(one: KeyResult) -> str:
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
    """Start and target stand in one field, which shows the errors of both."""
    return WAY if field in ("start", "target") else field

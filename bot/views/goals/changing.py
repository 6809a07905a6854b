"""Changing a goal: its words, its key results, what it serves, whose it is; and a manager's suggestion."""

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
from bot.views.goals.form import (
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
from bot.views.goals.ref import Below, Ref
from bot.views.goals.update import conflict_block, who_sees

SUGGEST, EDIT, ALIGN = "goals.suggest", "goals.edit", "goals.align"
ADD, RETARGET, HAND_OVER = "goals.add", "goals.retarget", "goals.hand_over"
TEXT, DETAIL, REASON, OWNER = "text", "detail", "reason", "owner"
KEY_RESULT, WAY, DROP = "key_result", "way", "drop"
WHY = "Why? It stays in the history"


@dataclass(frozen=True, slots=True)
class Edited:
    title: str
    detail: str
    kind: GoalKind
    visibility: Visibility
    co_owners: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Retargeted:
    """`start` and `target`: none where the key result is to be dropped."""

    key_result_id: int
    start: float
    target: float
    is_dropped: bool
    reason: str


def meanwhile(form: View, sentence: str) -> View:
    """The form once more, for the version there is now. Fields keep their ids, and with them what was typed."""
    form.blocks = [conflict_block(sentence), *(form.blocks or [])]
    return form


def suggest_form(reading: GoalReading, ref: Ref) -> View:
    hint = f"{kit.short(reading.line.owner_name, 40)} decides what to do with it."
    return kit.modal(
        SUGGEST,
        "Suggest a change",
        [
            _which(reading),
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


def _which(reading: GoalReading) -> Block:
    return kit.line(f"*{words.title(reading.line)}*\n{words.small_print(reading.line)}")


def read_text(view: Mapping[str, Any], field: str = TEXT) -> str:
    return kit.Values(view).text(field)


def _ref(reading: GoalReading) -> str:
    return Ref(goal=reading.line.goal_id, seen=reading.line.version, below=Below.PAGE).encode()


def edit_form(reading: GoalReading) -> View:
    line = reading.line
    users = [one.slack_user_id for one in reading.co_owners if one.slack_user_id]
    limitable = (
        [visibility_input(line.visibility, reading.manager_name)] if line.level == Level.PERSON else []
    )
    return kit.modal(
        EDIT,
        "Change goal",
        [
            kit.text_input(
                TITLE, "What will be true at the end?", value=line.title, multiline=False, limit=150
            ),
            kit.text_input(
                DETAIL, "What else is good to know?", value=reading.detail or "", optional=True, limit=2000
            ),
            kit.choice_input(KIND, "What kind of goal?", words.KINDS, value=line.kind),
            kit.people_input(
                CO_OWNERS, "Who answers for it too?", most=MOST_CO_OWNERS, values=users, optional=True
            ),
            *limitable,
            kit.text_input(REASON, WHY, multiline=False, optional=True, limit=1000),
            who_sees(reading),
        ],
        submit="Save changes",
        metadata=_ref(reading),
    )


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


def align_form(reading: GoalReading) -> View:
    return kit.modal(
        ALIGN,
        "Link to a goal",
        [_which(reading), parent_input(reading.parent, is_local=reading.is_local), who_sees(reading)],
        submit="Save link",
        metadata=_ref(reading),
    )


def read_align(view: Mapping[str, Any]) -> tuple[int | None, bool]:
    return read_parent(kit.Values(view))


def add_form(reading: GoalReading) -> View:
    return kit.modal(
        ADD,
        "Add a key result",
        [
            _which(reading),
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
        metadata=_ref(reading),
    )


def read_add(view: Mapping[str, Any]) -> NewKeyResult:
    return key_results.read_line(kit.Values(view).text(key_results.FIELD))


def retarget_form(reading: GoalReading) -> View:
    """One key result: another way to go, or none any more."""
    results = {str(one.id): one.title for one in reading.key_results}
    first = reading.key_results[0]
    now = "\n".join(
        f"• {kit.escape(kit.short(one.title, 80))}: {kit.escape(_way(one))}" for one in reading.key_results
    )
    return kit.modal(
        RETARGET,
        "Change a key result",
        [
            kit.line(f"*{words.title(reading.line)}*\n{now}"),
            kit.choice_input(KEY_RESULT, "Which one?", results, value=str(first.id)),
            kit.text_input(
                WAY,
                "From where to where?",
                hint="Such as 40 → 25. For a number to hold, the number alone. Write drop if it is to count no more.",
                value=_way(first) if len(results) == 1 else "",
                multiline=False,
                limit=80,
            ),
            kit.text_input(REASON, WHY, multiline=False, optional=True, limit=1000),
            who_sees(reading),
        ],
        submit="Save key result",
        metadata=_ref(reading),
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
    sides = [read_number(side, unit=result.unit, field=WAY) for side in key_results.ARROW.split(way)]
    if result.measure == Measure.HOLD and len(sides) == 1:
        return Retargeted(result.id, sides[0], sides[0], False, reason)
    if result.measure != Measure.METRIC or len(sides) != 2:
        raise Invalid("Write two numbers with an arrow between them, such as 40 → 25, or: drop", field=WAY)
    return Retargeted(result.id, sides[0], sides[1], False, reason)


def retarget_field(field: str | None) -> str | None:
    """Both numbers stand in one field."""
    return WAY if field in ("start", "target") else field


def hand_over_form(reading: GoalReading) -> View:
    return kit.modal(
        HAND_OVER,
        "Hand over goal",
        [
            _which(reading),
            kit.person_input(OWNER, "Who owns it from now on?"),
            kit.small("Its history goes along. The new owner's manager and HR read it too if it is limited."),
        ],
        submit="Hand over",
        metadata=_ref(reading),
    )


def read_hand_over(view: Mapping[str, Any]) -> str:
    """A Slack user id."""
    picked = kit.Values(view).user(OWNER)
    if picked is None:
        raise Invalid("Choose who owns it from now on.", field=OWNER)
    return picked

"""Changing a goal: its words, its key results, what it serves, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models.goals import GoalKind, GoalReading, Level, Measure, NewKeyResult, Visibility
from bot.notation import bare_number, read_number
from bot.views import kit
from bot.views.goals import key_results, words
from bot.views.goals.parts import Ref, heading, who_sees
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
KEY_RESULT, START, TARGET, WHAT = "key_result", "start", "target", "what"
CHANGED, DROPPED = "changed", "dropped"
WHATS = {CHANGED: "Its numbers change", DROPPED: "It counts no more"}
NO_NUMBERS = (
    f"This key result has no numbers to change. Choose “{WHATS[DROPPED]}”, and add another one in its place."
)
NO_START = "A number to hold goes nowhere, so it has no start. Leave this empty."


@dataclass(frozen=True, slots=True)
class Edited:
    title: str
    detail: str
    kind: GoalKind
    visibility: Visibility
    co_owners: tuple[str, ...]
    reason: str


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
            *key_results.result_fields(came_from.measures[-1:]),
            *key_results.add_buttons(()),
            who_sees(reading),
        ],
        submit="Add key result",
        metadata=came_from.showing(reading.summary).encode(),
    )


def read_add(view: Mapping[str, Any]) -> NewKeyResult:
    measures = Ref.decode(view.get("private_metadata")).measures[-1:]
    told = key_results.read_results(view, measures)
    if not told:
        raise Invalid(key_results.SAY_TITLE, field=f"{key_results.FIELD}.0.title")
    return told[0]


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
    """`start` and `target` stay as they are where the key result is to be dropped. `typed` holds what was typed."""

    key_result_id: int
    start: float
    target: float
    is_dropped: bool
    reason: str
    typed: Mapping[str, str]


def retarget_form(reading: GoalReading, came_from: Ref) -> View:
    results = {str(one.id): one.title for one in reading.key_results}
    now = "\n".join(
        f"• {kit.escape(kit.short(one.title, 80))}: {kit.escape(key_results.way(one) or key_results.state(one))}"
        for one in reading.key_results
    )
    return kit.modal(
        RETARGET,
        "Change a key result",
        [
            kit.section(f"*{words.title(reading.summary)}*\n{now}"),
            kit.choice_input(KEY_RESULT, "Which one?", results, value=str(reading.key_results[0].id)),
            kit.choice_input(WHAT, "What happens to it?", WHATS, value=CHANGED),
            _number(START, "From", "Empty: as it is."),
            _number(TARGET, "To, or hold at", "Empty: as it is."),
            why_input(),
            who_sees(reading),
        ],
        submit="Save key result",
        metadata=came_from.showing(reading.summary).encode(),
    )


def _number(field: str, label: str, hint: str) -> Block:
    return kit.text_input(field, label, hint=hint, optional=True, multiline=False, limit=80)


def read_retarget(view: Mapping[str, Any], reading: GoalReading) -> Retargeted:
    values = kit.Values(view)
    chosen, reason = kit.row_id(values.choice(KEY_RESULT)), values.text(REASON)
    result = next((one for one in reading.key_results if one.id == chosen), None)
    if result is None:
        raise Invalid("This key result counts no more. Choose another one.", field=KEY_RESULT)
    if values.choice(WHAT) == DROPPED:
        return Retargeted(result.id, result.start, result.target, True, reason, {})
    told = {name: text for name in (START, TARGET) if (text := values.text(name))}
    if result.measure not in (Measure.METRIC, Measure.HOLD):
        raise Invalid(NO_NUMBERS, field=WHAT)
    if result.measure == Measure.HOLD and START in told:
        raise Invalid(NO_START, field=START)
    numbers = {name: read_number(text, unit=result.unit, field=name) for name, text in told.items()}
    target = numbers.get(TARGET, result.target)
    start = target if result.measure == Measure.HOLD else numbers.get(START, result.start)
    typed = {name: bare_number(text, unit=result.unit) for name, text in told.items()}
    return Retargeted(result.id, start, target, False, reason, typed)

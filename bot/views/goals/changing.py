"""Changing a goal: its words, a further key result, what it serves, whose it is; and a manager's suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models.goals import GoalKind, GoalReading, Level, NewKeyResult, Visibility
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
from bot.views.goals.ref import Ref
from bot.views.goals.update import conflict_block, who_sees

SUGGEST, EDIT, ALIGN = "goals.suggest", "goals.edit", "goals.align"
ADD, HAND_OVER = "goals.add", "goals.hand_over"
TEXT, DETAIL, REASON, OWNER = "text", "detail", "reason", "owner"


@dataclass(frozen=True, slots=True)
class Edited:
    title: str
    detail: str
    kind: GoalKind
    visibility: Visibility
    co_owners: tuple[str, ...]
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
    return kit.section(f"*{words.title(reading.line)}*\n{words.small_print(reading.line)}")


def read_text(view: Mapping[str, Any], field: str = TEXT) -> str:
    return kit.Values(view).text(field)


def edit_form(reading: GoalReading, came_from: Ref) -> View:
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
            why_input(),
            who_sees(reading),
        ],
        submit="Save changes",
        metadata=came_from.showing(reading.line).encode(),
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
        [_which(reading), parent_input(reading.parent, is_local=reading.is_local), who_sees(reading)],
        submit="Save link",
        metadata=came_from.showing(reading.line).encode(),
    )


def read_align(view: Mapping[str, Any]) -> tuple[int | None, bool]:
    return read_parent(kit.Values(view))


def add_form(reading: GoalReading, came_from: Ref) -> View:
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
        metadata=came_from.showing(reading.line).encode(),
    )


def read_add(view: Mapping[str, Any]) -> NewKeyResult:
    return key_results.read_line(kit.Values(view).text(key_results.FIELD))


def hand_over_form(reading: GoalReading, came_from: Ref) -> View:
    return kit.modal(
        HAND_OVER,
        "Hand over goal",
        [
            _which(reading),
            kit.person_input(OWNER, "Who owns it from now on?"),
            kit.small("Its history goes along. The new owner's manager and HR read it too if it is limited."),
        ],
        submit="Hand over",
        metadata=came_from.showing(reading.line).encode(),
    )


def read_hand_over(view: Mapping[str, Any]) -> str:
    """A Slack user id."""
    picked = kit.Values(view).user(OWNER)
    if picked is None:
        raise Invalid("Choose who owns it from now on.", field=OWNER)
    return picked

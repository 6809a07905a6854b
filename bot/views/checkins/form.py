"""The check-in form fits a phone: what everybody answers comes first, the rest by *Add more*.

A field's block_id is the key of its answer, so Slack keeps what was typed whenever the form is built again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot import clock
from bot.models import Person
from bot.models.checkins import Prefill
from bot.packs import Question
from bot.views import kit
from bot.views.checkins.filled import LOCK, Filled, filled_before
from bot.views.checkins.ref import Ref
from bot.views.checkins.taps import TAPS, taps

FORM = "checkins.form"
MORE = "checkins.more"
LOCKED = "checkins.locked"
STUCK = "stuck"
NAMED = 6  # of the line above; nobody reads further


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """Another capability adds these blocks to the check-in form, below the questions of its first page or above
    *Add more*.
    """

    below_questions: Sequence[Block] = ()
    above_more: Sequence[Block] = ()


def form(
    prefill: Prefill,
    timezone: str | None,
    *,
    parts: Sequence[FormPart] = (),
    filled: Filled | None = None,
    more: bool = False,
    home: bool = False,
) -> View:
    """The first page holds the required questions, what is in the way, and what this person has used lately or has
    answered already. With `more`, all the rest stands where *Add more* was. `filled` is what is typed so far; without
    it the fields hold the week's check-in, if there is one.
    """
    filled = filled or filled_before(prefill.written)
    is_first = {question.key: _is_first(question, prefill, filled) for question in prefill.questions}
    used = [field for field in TAPS if field in prefill.used or filled.texts.get(field)]
    return kit.modal(
        FORM,
        "Edit your check-in" if prefill.written else "Your check-in",
        [
            *_opening(prefill, timezone),
            *_questions([one for one in prefill.questions if is_first[one.key]], prefill, filled),
            *(block for part in parts for block in part.below_questions),
            *taps(used, filled),
            *(block for part in parts for block in part.above_more),
            *_rest(
                [one for one in prefill.questions if not is_first[one.key]],
                [field for field in TAPS if field not in used],
                prefill,
                filled,
                more=more,
            ),
            who_sees(prefill),
        ],
        submit="Save changes" if prefill.written else "Share check-in",
        metadata=Ref(week=prefill.week, more=more, home=home).encode(),
    )


def _is_first(question: Question, prefill: Prefill, filled: Filled) -> bool:
    is_used = question.key in prefill.used or bool(filled.texts.get(question.key))
    return not question.optional or question.key == STUCK or is_used


def _rest(
    questions: Sequence[Question], fields: Sequence[str], prefill: Prefill, filled: Filled, *, more: bool
) -> list[Block]:
    if more:
        return [*_questions(questions, prefill, filled), *taps(fields, filled)]
    if not questions and not fields:
        return []
    return [kit.buttons(kit.button("Add more", MORE, Ref(week=prefill.week).encode()), block_id=MORE)]


def _opening(prefill: Prefill, timezone: str | None) -> list[Block]:
    closes = clock.local(prefill.closes_at, timezone)
    until = f"Open until {closes:%A %-d %B, %H:%M} your time."
    blocks: list[Block] = [kit.section(f"*Week of {prefill.week:%-d %B}*\n{until}")]
    if prefill.planned_last_week:
        blocks.append(kit.small_plain(f"You planned: {kit.short(prefill.planned_last_week.text, 300)}"))
    return blocks


def _questions(questions: Sequence[Question], prefill: Prefill, filled: Filled) -> list[Block]:
    """The lock stands below each answer. It needs a manager: a locked answer stays with the manager of that time for
    good.
    """
    blocks: list[Block] = []
    for question in questions:
        blocks.append(_question(question, filled.texts.get(question.key, "")))
        if prefill.manager:
            blocks.append(_lock(question, prefill.manager, filled))
    return blocks


def _question(question: Question, value: str) -> InputBlock:
    if question.choices:
        choices = {choice: choice for choice in question.choices}
        return kit.choice_input(
            question.key, question.label, choices, hint=question.hint, value=value, optional=question.optional
        )
    return kit.text_input(
        question.key, question.label, hint=question.hint, value=value, optional=question.optional
    )


def _lock(question: Question, manager: Person, filled: Filled) -> Block:
    label = f":lock: Only for {kit.short(manager.name, 40)}"
    return kit.tick(f"{LOCK}{question.key}", LOCKED, label, ticked=question.key in filled.locked)


def who_sees(prefill: Prefill) -> Block:
    """The last line of the form names the readers, and says what a lock does."""
    if prefill.manager is None:
        return kit.small(
            "*Who sees this:* only you, because the directory names no manager for you. HR can set one."
        )
    manager = kit.name(prefill.manager.name)
    lock = f"A locked answer stays with {manager}: never shown further up, never handed on."
    if prefill.line:
        above = f"unless locked, also the line above: {names_above(prefill.line)}"
        return kit.small(f"*Who sees this:* you and {manager}, your manager; {above}. Not HR.\n{lock}")
    return kit.small(f"*Who sees this:* you and {manager}, your manager. Nobody further up, not HR.\n{lock}")


def names_above(line: Sequence[Person]) -> str:
    """The names are escaped; those after the sixth are counted."""
    above = ", ".join(kit.name(person.name) for person in line[:NAMED])
    return above + (f" and {len(line) - NAMED} more" if len(line) > NAMED else "")

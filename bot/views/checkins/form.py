"""The check-in form is built and read back here. A field's block_id is the key of its answer and of its errors."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot import clock
from bot.errors import Invalid
from bot.models import Answer, Checkin, Load
from bot.models.checkins import Prefill
from bot.packs import Question
from bot.spelling import command
from bot.views import kit
from bot.views.checkins.ref import Ref

FORM = "checkins.form"
ENERGY, LOAD, LOCKED = "energy", "load", "locked"
NAMED = 6  # of the line above; nobody reads further
ENERGIES = {
    "5": "5 Charged: looking forward to the work",
    "4": "4 Good: steady",
    "3": "3 Even: neither up nor down",
    "2": "2 Low: it takes effort",
    "1": "1 Empty: I need a change or help",
}
LOADS: Mapping[str, str] = {
    Load.LIGHT: "Light",
    Load.RIGHT: "Right",
    Load.HEAVY: "Heavy",
    Load.TOO_MUCH: "Too much",
}


@dataclass(frozen=True, slots=True)
class Form:
    """The person submitted these plain values."""

    week: date
    answers: tuple[Answer, ...]
    energy: int | None
    load: Load | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """Another capability adds these blocks to the check-in form, below the questions or above the last line, which
    names the readers.
    """

    below_questions: Sequence[Block] = ()
    above_readers: Sequence[Block] = ()


def form(prefill: Prefill, timezone: str | None, *, parts: Sequence[FormPart] = ()) -> View:
    """The form shows the questions, two quick choices, the lock and the readers. An existing check-in of the week is
    filled in. `parts` are added by other capabilities.
    """
    questions = [_question(question, prefill.written) for question in prefill.questions]
    return kit.modal(
        FORM,
        "Edit your check-in" if prefill.written else "Your check-in",
        [
            *_opening(prefill, timezone),
            *questions,
            *(block for part in parts for block in part.below_questions),
            *_taps(prefill.written),
            *_lock(prefill),
            *(block for part in parts for block in part.above_readers),
            who_sees(prefill),
        ],
        submit="Save changes" if prefill.written else "Share check-in",
        metadata=Ref(week=prefill.week).encode(),
    )


def _opening(prefill: Prefill, timezone: str | None) -> list[Block]:
    closes = clock.local(prefill.closes_at, timezone)
    blocks: list[Block] = [
        kit.section(f"*Week of {prefill.week:%-d %B}*\nOpen until {closes:%A %-d %B, %H:%M} your time.")
    ]
    if prefill.planned_last_week:
        blocks += [kit.small("What you planned last time:"), kit.typed(prefill.planned_last_week.text)]
    return blocks


def _question(question: Question, written: Checkin | None) -> InputBlock:
    answer = written.answer(question.key) if written else None
    value = answer.text if answer else ""
    if question.choices:
        choices = {choice: choice for choice in question.choices}
        return kit.choice_input(
            question.key, question.label, choices, hint=question.hint, value=value, optional=question.optional
        )
    return kit.text_input(
        question.key, question.label, hint=question.hint, value=value, optional=question.optional
    )


def _taps(written: Checkin | None) -> list[Block]:
    energy = str(written.energy) if written and written.energy else None
    load = written.load if written else None
    return [
        kit.choice_input(ENERGY, "How is your energy?", ENERGIES, value=energy, optional=True),
        kit.choice_input(LOAD, "How is your workload?", LOADS, value=load, optional=True),
    ]


def _lock(prefill: Prefill) -> list[Block]:
    """The lock needs a manager: a locked answer stays with the manager of that time for good."""
    if prefill.manager is None:
        return []
    locked = [answer.key for answer in prefill.written.answers if answer.locked] if prefill.written else []
    return [
        kit.choices_input(
            LOCKED,
            "Lock answers to your manager",
            {question.key: question.label for question in prefill.questions},
            hint=f"Stays with {kit.short(prefill.manager.name, 60)}: never shown further up, never handed on.",
            values=locked,
            placeholder="Nothing locked",
        )
    ]


def who_sees(prefill: Prefill) -> Block:
    """The last line of the form names the readers."""
    if prefill.manager is None:
        return kit.small(
            "*Who sees this:* only you, because the directory names no manager for you. HR can set one."
        )
    names = f"you and {kit.name(prefill.manager.name)}, your manager"
    if prefill.line:
        above = ", ".join(kit.name(person.name) for person in prefill.line[:NAMED])
        above += f" and {len(prefill.line) - NAMED} more" if len(prefill.line) > NAMED else ""
        return kit.small(f"*Who sees this:* {names}; unless locked, also the line above: {above}. Not HR.")
    return kit.small(f"*Who sees this:* {names}. Nobody further up, not HR.")


def read_form(view: Mapping[str, Any], *, besides: Collection[str] = ()) -> Form:
    """The submitted form becomes plain values. Each answer keeps its question as the person read it. `besides` lists
    the fields of other capabilities, which are not answers.
    """
    ref = Ref.decode(view.get("private_metadata"))
    if ref.week is None:
        raise Invalid(f"This form is too old to save. Copy your text and send {command('checkin')} again.")
    values = kit.Values(view)
    locked = set(values.choices(LOCKED))
    others = {ENERGY, LOAD, LOCKED, *besides}
    keys = [field for field in kit.input_fields(view) if field not in others]
    answers = tuple(
        Answer(key=key, question=kit.label_of(view, key), text=_typed(values, key), locked=key in locked)
        for key in keys
    )
    _refuse_blank(view, answers)
    energy, load = values.choice(ENERGY), values.choice(LOAD)
    return Form(
        week=ref.week,
        answers=answers,
        energy=int(energy) if energy in ENERGIES else None,
        load=Load(load) if load and load in LOADS else None,
    )


def _typed(values: kit.Values, key: str) -> str:
    text = values.text(key) or values.choice(key) or ""
    if len(text) > kit.TYPED_LIMIT:
        raise Invalid(
            f"An answer holds {kit.TYPED_LIMIT} characters; this one has {len(text)}. Shorten it a little.",
            field=key,
        )
    return text


def _refuse_blank(view: Mapping[str, Any], answers: tuple[Answer, ...]) -> None:
    """Slack accepts spaces in a required field; we do not."""
    required = {
        block.get("block_id")
        for block in view.get("blocks") or []
        if block.get("type") == "input" and not block.get("optional")
    }
    blank = next((answer for answer in answers if answer.key in required and not answer.text), None)
    if blank:
        raise Invalid("Write a few words here; one sentence is enough.", field=blank.key)

"""A submitted check-in form is read here. A field's block_id is the key of its answer and of its errors."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.errors import Invalid
from bot.models import Answer, Load
from bot.spelling import command
from bot.views import kit
from bot.views.checkins.filled import ENERGY, FORMER_LOCK, LOAD, locked_keys, typed
from bot.views.checkins.ref import Ref
from bot.views.checkins.taps import ENERGIES, LOADS


@dataclass(frozen=True, slots=True)
class Form:
    """The person submitted these plain values."""

    week: date
    answers: tuple[Answer, ...]
    energy: int | None
    load: Load | None


def read_form(view: Mapping[str, Any], *, besides: Collection[str] = ()) -> Form:
    """The submitted form becomes plain values. Each answer keeps its question as the person read it. `besides` lists
    the fields of other capabilities, which are not answers.
    """
    ref = Ref.decode(view.get("private_metadata"))
    if ref.week is None:
        raise Invalid(f"This form is too old to save. Copy your text and send {command('checkin')} again.")
    values, locked = kit.Values(view), locked_keys(view)
    others = {ENERGY, LOAD, FORMER_LOCK, *besides}
    keys = [field for field in kit.input_fields(view) if field not in others]
    answers = tuple(
        Answer(key=key, question=kit.label_of(view, key), text=_text(values, key), locked=key in locked)
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


def _text(values: kit.Values, key: str) -> str:
    text = typed(values, key)
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

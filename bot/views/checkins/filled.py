"""What stands in the fields of a check-in form: what was written before, or what is typed in it now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.models import Checkin
from bot.views import kit

ENERGY, LOAD = "energy", "load"
LOCK = "lock:"
FORMER_LOCK = "locked"  # one menu for all answers; such forms may still be open


@dataclass(frozen=True, slots=True)
class Filled:
    """`texts` maps a field to its text or to the value of its choice. `locked` holds the keys of locked answers."""

    texts: Mapping[str, str] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()

    def begun_with(self, key: str, words: str) -> "Filled":
        """The words are added to the field's text."""
        text = "\n".join(filter(None, (self.texts.get(key), words)))[: kit.TYPED_LIMIT]
        return replace(self, texts={**self.texts, key: text})


def filled_before(written: Checkin | None) -> Filled:
    if written is None:
        return Filled()
    texts = {answer.key: answer.text for answer in written.answers}
    taps = {ENERGY: str(written.energy) if written.energy else "", LOAD: written.load or ""}
    return Filled(texts | taps, frozenset(answer.key for answer in written.answers if answer.locked))


def filled_now(view: Mapping[str, Any]) -> Filled:
    """The form as it stands in front of the person."""
    values = kit.Values(view)
    return Filled({key: typed(values, key) for key in kit.input_fields(view)}, locked_keys(view))


def typed(values: kit.Values, key: str) -> str:
    return values.text(key) or values.choice(key) or ""


def locked_keys(view: Mapping[str, Any]) -> frozenset[str]:
    values = kit.Values(view)
    ticked = {key for key in kit.input_fields(view) if values.choices(LOCK + key)}
    return frozenset(ticked | set(values.choices(FORMER_LOCK)))

"""Energy and workload are answered with one choice each."""

from collections.abc import Iterable, Mapping

from slack_sdk.models.blocks import Block

from bot.models import Load
from bot.views import kit
from bot.views.checkins.filled import ENERGY, LOAD, Filled

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
TAPS = {ENERGY: ("How is your energy?", ENERGIES), LOAD: ("How is your workload?", LOADS)}


def taps(fields: Iterable[str], filled: Filled) -> list[Block]:
    """`fields` names the choices to show: `ENERGY`, `LOAD` or both."""
    return [
        kit.choice_input(field, *TAPS[field], value=filled.texts.get(field), optional=True)
        for field in fields
    ]

"""The view objects of modals and Home tabs."""

from collections.abc import Iterator

from playground.blockkit.blocks import blocks_on
from playground.blockkit.composition import ID, plain_text
from playground.blockkit.problem import Problem, broken
from playground.blockkit.shape import Json, anything, boolean, record, string, variant

_NAMES = {"callback_id": ID, "external_id": ID, "private_metadata": string(3000, least=0)}


def _inputs_need_submit(value: Json, at: str) -> Iterator[Problem]:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        yield broken(at, "must define `submit` to use an `input` block in modals")


_MODAL = record(
    {"type": anything, "title": plain_text(24), "blocks": blocks_on("modal")},
    {
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        **_NAMES,
    },
    _inputs_need_submit,
)
_HOME = record({"type": anything, "blocks": blocks_on("home")}, _NAMES)

VIEW = variant({"modal": _MODAL, "home": _HOME})

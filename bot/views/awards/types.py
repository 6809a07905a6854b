"""HR's list of awards, and the form that adds, renames or retires one."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot.models import AwardType
from bot.views import kit
from bot.views.awards.ref import Ref

TYPES = "awards.types"
TYPE_FORM = "awards.type_form"
RETIRE = "awards.retire_type"
RENAMED = "Renamed, it stays the same award: what was given takes the new name along."
NAME_LIMIT, MEANING_LIMIT = 60, 150


def types_page(types: Sequence[AwardType]) -> View:
    listed = [
        kit.line(
            f"*{kit.escape(award.name)}*\n{kit.escape(award.meaning or '')}",
            button=kit.button(
                "Change", f"{TYPE_FORM}:change", Ref(type=award.id).encode(), spoken=f"Change {award.name}"
            ),
        )
        for award in types
    ]
    return kit.modal(
        TYPES,
        "List of awards",
        [
            *(listed or [kit.line("No awards yet, so nobody can be nominated. Add the first one.")]),
            kit.buttons(kit.button("Add an award", f"{TYPE_FORM}:add", primary=True)),
            kit.small("*Who sees this:* everybody who nominates chooses from this list."),
        ],
    )


def type_form(award: AwardType | None) -> View:
    retire = kit.button(
        "Retire it",
        RETIRE,
        Ref(type=award.id).encode() if award else "",
        sure=kit.sure(
            "Retire this award?",
            "Nobody can be nominated for it any more. What waits is still decided, what was given stays.",
            yes="Retire",
        ),
    )
    return kit.modal(
        TYPE_FORM,
        "Change an award" if award else "Add an award",
        [
            kit.text_input(
                "name", "Name", value=award.name if award else "", multiline=False, limit=NAME_LIMIT
            ),
            kit.text_input(
                "meaning",
                "What is it given for?",
                value=(award.meaning or "") if award else "",
                multiline=False,
                optional=True,
                limit=MEANING_LIMIT,
            ),
            *([kit.buttons(retire), kit.small(RENAMED)] if award else []),
        ],
        submit="Save award",
        metadata=Ref(type=award.id).encode() if award else "",
    )


def read_type(view: Mapping[str, Any]) -> tuple[int | None, str, str]:
    values = kit.Values(view)
    return Ref.decode(view.get("private_metadata")).type, values.text("name"), values.text("meaning")

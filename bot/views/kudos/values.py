"""HR's list of values, and the form that adds, renames or retires one."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot.models import CompanyValue
from bot.views import kit
from bot.views.kudos.ref import Ref

VALUES = "kudos.values"
VALUE_FORM = "kudos.value_form"
RETIRE = "kudos.retire_value"
RENAMED = "Renamed, it stays the same value: thanks given for it keep it, and its old #name still finds it."
NAME_LIMIT, MEANING_LIMIT = 40, 150


def values_page(values: Sequence[CompanyValue]) -> View:
    listed = [
        kit.line(
            f"*{kit.escape(value.name)}*\n{kit.escape(value.meaning or '')}",
            button=kit.button(
                "Change", f"{VALUE_FORM}:change", Ref(value=value.id).encode(), spoken=f"Change {value.name}"
            ),
        )
        for value in values
    ]
    empty = kit.line(
        "No values yet. Thanks can be given without; a value says what the company wants more of."
    )
    return kit.modal(
        VALUES,
        "Values",
        [
            *(listed or [empty]),
            kit.buttons(kit.button("Add a value", f"{VALUE_FORM}:add", primary=True)),
            kit.small("*Who sees this:* everybody who gives thanks chooses from this list."),
        ],
    )


def value_form(value: CompanyValue | None) -> View:
    retire = kit.button(
        "Retire it",
        RETIRE,
        Ref(value=value.id).encode() if value else "",
        sure=kit.sure(
            "Retire this value?",
            "Nobody can choose it any more. Thanks already given for it keep it.",
            yes="Retire",
        ),
    )
    return kit.modal(
        VALUE_FORM,
        "Change a value" if value else "Add a value",
        [
            kit.text_input(
                "name", "Name", value=value.name if value else "", multiline=False, limit=NAME_LIMIT
            ),
            kit.text_input(
                "meaning",
                "What does it look like in daily work?",
                value=(value.meaning or "") if value else "",
                multiline=False,
                optional=True,
                limit=MEANING_LIMIT,
            ),
            *([kit.buttons(retire), kit.small(RENAMED)] if value else []),
        ],
        submit="Save value",
        metadata=Ref(value=value.id).encode() if value else "",
    )


def read_value(view: Mapping[str, Any]) -> tuple[int | None, str, str]:
    values = kit.Values(view)
    return Ref.decode(view.get("private_metadata")).value, values.text("name"), values.text("meaning")

"""HR sees the list of values here and adds, renames or retires one in a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot.models import CompanyValue
from bot.views.catalogue import Catalogue, read_entry
from bot.views.kudos.ref import Ref

VALUES = "kudos.values"
VALUE_FORM = "kudos.value_form"
RETIRE = "kudos.retire_value"
COMPANY_VALUES = Catalogue(
    page=VALUES,
    form=VALUE_FORM,
    retire=RETIRE,
    carry=lambda value_id: Ref(value=value_id).encode(),
    title="Values",
    one="a value",
    noun="value",
    empty="No values yet. Thanks can be given without; a value says what the company wants more of.",
    readers="everybody who gives thanks chooses from this list.",
    question="What does it look like in daily work?",
    retired="Nobody can choose it any more. Thanks already given for it keep it.",
    renamed="Renamed, it stays the same value: thanks given for it keep it, and its old #name still finds it.",
    name_limit=40,
)


def values_page(values: Sequence[CompanyValue]) -> View:
    return COMPANY_VALUES.shown(values)


def value_form(value: CompanyValue | None) -> View:
    return COMPANY_VALUES.filled(value)


def read_value(view: Mapping[str, Any]) -> tuple[int | None, str, str]:
    return Ref.decode(view.get("private_metadata")).value, *read_entry(view)

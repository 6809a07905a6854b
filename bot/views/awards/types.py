"""HR sees the list of awards here and adds, renames or retires one in a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot.models import AwardType
from bot.views.awards.ref import Ref
from bot.views.catalogue import Catalogue, read_entry

TYPES = "awards.types"
TYPE_FORM = "awards.type_form"
RETIRE = "awards.retire_type"
AWARDS = Catalogue(
    page=TYPES,
    form=TYPE_FORM,
    retire=RETIRE,
    carry=lambda type_id: Ref(type=type_id).encode(),
    title="List of awards",
    one="an award",
    noun="award",
    empty="No awards yet, so nobody can be nominated. Add the first one.",
    readers="everybody who nominates chooses from this list.",
    question="What is it given for?",
    retired="Nobody can be nominated for it any more. What waits is still decided, what was given stays.",
    renamed="Renamed, it stays the same award: what was given takes the new name along.",
    name_limit=60,
)


def types_page(types: Sequence[AwardType]) -> View:
    return AWARDS.shown(types)


def type_form(award: AwardType | None) -> View:
    return AWARDS.filled(award)


def read_type(view: Mapping[str, Any]) -> tuple[int | None, str, str]:
    return Ref.decode(view.get("private_metadata")).type, *read_entry(view)

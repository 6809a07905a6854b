"""HR sees the list of awards here and adds, renames or retires one in a form."""

from bot.views.awards.ref import Ref
from bot.views.catalogue import Catalogue

TYPES = "awards.types"
TYPE_FORM = "awards.type_form"
RETIRE = "awards.retire_type"
AWARDS = Catalogue(
    page=TYPES,
    form=TYPE_FORM,
    retire=RETIRE,
    carry=lambda type_id: Ref(type=type_id).encode(),
    carried=lambda value: Ref.decode(value).type,
    title="List of awards",
    one="an award",
    noun="award",
    empty="No awards yet, so nobody can be nominated. Add the first one.",
    readers="everybody who nominates chooses from this list",
    affects="whoever is nominated from now on",
    question="What is it given for?",
    retired="Nobody can be nominated for it any more. What waits is still decided, what was given stays.",
    renamed="Renamed, it stays the same award: what was given takes the new name along.",
    name_limit=60,
)

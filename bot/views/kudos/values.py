"""HR sees the list of values here and adds, renames or retires one in a form."""

from bot.views.catalogue import Catalogue
from bot.views.kudos.ref import Ref

VALUES = "kudos.values"
VALUE_FORM = "kudos.value_form"
RETIRE = "kudos.retire_value"
COMPANY_VALUES = Catalogue(
    page=VALUES,
    form=VALUE_FORM,
    retire=RETIRE,
    carry=lambda value_id: Ref(value=value_id).encode(),
    carried=lambda value: Ref.decode(value).value,
    title="Values",
    one="a value",
    noun="value",
    empty="No values yet. Thanks can be given without; a value says what the company wants more of.",
    readers="everybody who gives thanks chooses from this list",
    affects="whoever gives thanks from now on",
    question="What does it look like in daily work?",
    retired="Nobody can choose it any more. Thanks already given for it keep it.",
    renamed="Renamed, it stays the same value: thanks given for it keep it, and its old #name still finds it.",
    name_limit=40,
)

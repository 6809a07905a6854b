"""Setting a goal: the form and reading it back. A few fields at first; the rest keeps its usual value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.goals import GoalKind, GoalPrefill, GoalSummary, Level, NewKeyResult, Visibility
from bot.views import kit
from bot.views.goals import key_results, words
from bot.views.goals.parts import Ref

Kind = TypeVar("Kind", bound=StrEnum)

FORM = "goals.form"
MORE = "goals.more"
TITLE, PERIOD, LEVEL = "title", "period", "level"
KIND, PARENT, CO_OWNERS, OWNER = "kind", "parent", "co_owners", "owner"
DEPARTMENT, VISIBILITY = "department", "visibility"
LOCAL = "local"
NAMED = 3
MOST_CO_OWNERS = 5


@dataclass(frozen=True, slots=True)
class Form:
    """What was submitted. People are Slack user ids (`owner`: one or none); fields that were not shown have their
    usual value. `places` tells where on the form each key result stands.
    """

    title: str
    key_results: tuple[NewKeyResult, ...]
    places: tuple[int, ...]
    period: str | None
    level: Level
    kind: GoalKind
    visibility: Visibility
    parent_id: int | None
    is_local: bool
    co_owners: tuple[str, ...]
    owner: tuple[str, ...]
    department_id: int | None


def form(draft: GoalPrefill, ref: Ref) -> View:
    """`ref` tells the likely level, the window below, and whether the rare fields are shown (`whole`)."""
    chosen = ref.level if ref.level in draft.levels else draft.levels[-1]
    return kit.modal(
        FORM,
        "New goal",
        [
            *_many_open_goals(draft),
            kit.text_input(
                TITLE,
                "What will be true at the end?",
                hint="One line that a colleague outside your team understands: Half as many support tickets.",
                multiline=False,
                limit=150,
            ),
            *key_results.result_fields(ref.measures),
            *key_results.add_buttons(ref.measures),
            kit.choice_input(PERIOD, "For when?", _periods(draft), value=_first_period(draft)),
            kit.choice_input(
                LEVEL, "Whose goal is it?", {one: words.LEVELS[one] for one in draft.levels}, value=chosen
            ),
            *(
                _rare_fields(draft)
                if ref.whole
                else [kit.buttons(kit.button("More choices", MORE), block_id="more")]
            ),
            _who_sees(draft, ref.whole),
        ],
        submit="Set goal",
        metadata=ref.encode(),
    )


def _many_open_goals(draft: GoalPrefill) -> list[Block]:
    if not draft.is_many:
        return []
    return [
        kit.small(f"You have {draft.open_goals} open goals. Is there one to close before you set another?")
    ]


def _periods(draft: GoalPrefill) -> Mapping[str, str]:
    return {one.name: f"{one.name}, until {one.ends_on:%-d %B %Y}" for one in draft.periods}


def _first_period(draft: GoalPrefill) -> str | None:
    return draft.periods[0].name if draft.periods else None


def _rare_fields(draft: GoalPrefill) -> list[Block]:
    return [
        kit.choice_input(KIND, "What kind of goal?", words.KINDS, value=GoalKind.COMMITTED),
        parent_input(),
        kit.people_input(CO_OWNERS, "Who answers for it with you?", most=MOST_CO_OWNERS, optional=True),
        *_for_others(draft),
        visibility_input(Visibility.OPEN, draft.manager.name if draft.manager else None),
    ]


def parent_input(parent: GoalSummary | None = None, *, is_local: bool = False) -> Block:
    value = (LOCAL, "None, on purpose") if is_local else None
    if parent:
        value = (str(parent.goal_id), kit.short(parent.title, kit.OPTION_LIMIT))
    hint = "A link upwards, yours to change. Leave it empty if you do not know yet."
    return kit.search_input(PARENT, "Which goal does it serve?", hint=hint, value=value)


def parent_choices(goals: Sequence[GoalSummary]) -> Mapping[str, str]:
    """What the field offers, labels by value."""
    offered = {
        str(one.goal_id): f"{one.title} ({words.LEVELS[one.level]}, {one.owner_name})" for one in goals
    }
    return {**offered, LOCAL: "None, on purpose"}


def read_parent(values: kit.Values) -> tuple[int | None, bool]:
    """Returns the parent's id, and whether the goal has none on purpose."""
    chosen = values.choice(PARENT)
    return kit.row_id(chosen), chosen == LOCAL


def _for_others(draft: GoalPrefill) -> list[Block]:
    """Only managers and HR see these fields, since they may set goals for others."""
    if Level.DEPARTMENT not in draft.levels:
        return []
    blocks: list[Block] = [kit.person_input(OWNER, "Who owns it?", hint="Empty: you.", optional=True)]
    if draft.departments:
        departments = {str(one.id): one.path for one in draft.departments}
        hint = "Only for a department's goal. Empty: the owner's."
        blocks.append(
            kit.choice_input(DEPARTMENT, "Which department?", departments, hint=hint, optional=True)
        )
    return blocks


def visibility_input(value: Visibility, manager: str | None) -> Block:
    limited = (
        f"Limited: its owners, {kit.short(manager, 30)} and HR" if manager else "Limited: its owners and HR"
    )
    choices: dict[str, str] = {Visibility.OPEN: "Everybody in the company", Visibility.LIMITED: limited}
    return kit.choice_input(VISIBILITY, "Who may see it?", choices, value=value)


def _who_sees(draft: GoalPrefill, whole: bool) -> Block:
    """The last line of the form names the readers."""
    if not whole:
        return kit.small("*Who sees this:* everybody in the company. Press “More choices” to limit it.")
    manager = f"{kit.name(draft.manager.name)}, the manager" if draft.manager else "the owner's manager"
    hr = ", ".join(kit.name(one.name) for one in draft.hr[:NAMED])
    more = f" and {len(draft.hr) - NAMED} more" if len(draft.hr) > NAMED else ""
    limited = f"you, co-owners, {manager}, and HR ({hr}{more})" if hr else f"you, co-owners and {manager}"
    return kit.small(f"*Who sees this:* everybody in the company, with its progress. If limited: {limited}.")


def read_form(view: Mapping[str, Any]) -> Form:
    values, ref = kit.Values(view), Ref.decode(view.get("private_metadata"))
    parent_id, is_local = read_parent(values)
    results = key_results.read_results(view, ref.measures)
    return Form(
        title=values.text(TITLE),
        key_results=tuple(results.values()),
        places=tuple(results),
        period=values.choice(PERIOD),
        level=one_of(Level, values.choice(LEVEL), Level.PERSON),
        kind=one_of(GoalKind, values.choice(KIND), GoalKind.COMMITTED),
        visibility=one_of(Visibility, values.choice(VISIBILITY), Visibility.OPEN),
        parent_id=parent_id,
        is_local=is_local,
        co_owners=tuple(values.users(CO_OWNERS)),
        owner=(owner,) if (owner := values.user(OWNER)) else (),
        department_id=kit.row_id(values.choice(DEPARTMENT)),
    )


def one_of(kind: type[Kind], value: str | None, otherwise: Kind) -> Kind:
    """A value that was never on offer counts as not chosen."""
    return next((one for one in kind if one == value), otherwise)

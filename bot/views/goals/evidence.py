"""Keeping a message as evidence: the form of the shortcut "Add to goal". Only its link is kept."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models.goals import GoalList
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.form import FORM
from bot.views.goals.ref import Ref

SHORTCUT = "goals.evidence"
GOAL = "goal"


def evidence_form(mine: GoalList, permalink: str) -> View:
    if not mine.lines:
        said = "You have no open goal to add this to. Set one first; the message stays where it is."
        return kit.modal(
            SHORTCUT,
            "Add to goal",
            [kit.section(said), kit.buttons(kit.button("New goal", FORM, primary=True))],
        )
    choices = {
        str(one.goal_id): f"{one.title} ({one.period})" for one in sorted(mine.lines, key=words.worst_first)
    }
    only = next(iter(choices)) if len(choices) == 1 else None
    return kit.modal(
        SHORTCUT,
        "Add to goal",
        [
            kit.choice_input(GOAL, "What does this message show something of?", choices, value=only),
            kit.small(
                "*Who sees this:* whoever may see the goal sees a link. The message itself is not copied: "
                "only those who could read it before can follow the link."
            ),
        ],
        submit="Add link",
        metadata=Ref(link=permalink).encode(),
    )


def read_evidence(view: Mapping[str, Any]) -> tuple[int, str]:
    """Goal id and link."""
    chosen = kit.row_id(kit.Values(view).choice(GOAL))
    if chosen is None:
        raise Invalid("Choose the goal.", field=GOAL)
    return chosen, Ref.decode(view.get("private_metadata")).link or ""

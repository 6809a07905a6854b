"""What was done to a goal, one deed after the other."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import clock
from bot.models.goals import Deed, GoalHistory, GoalMoment
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.ref import Ref

HISTORY = "goals.history"
DEEDS: Mapping[str, str] = {
    Deed.PROPOSED: "set the goal",
    Deed.AGREED: "said it looks good",
    Deed.SUGGESTED_CHANGE: "suggested a change",
    Deed.UPDATED: "updated it",
    Deed.LEFT_AS_IT_IS: "said nothing changed",
    Deed.EDITED: "changed its words",
    Deed.RETARGETED: "changed a target",
    Deed.ADDED_KEY_RESULT: "added a key result",
    Deed.DROPPED_KEY_RESULT: "dropped a key result",
    Deed.ALIGNED: "changed which goal it serves",
    Deed.HANDED_OVER: "handed it over",
    Deed.CLOSED: "closed it",
    Deed.DROPPED: "dropped it",
    Deed.CARRIED_OVER: "carried it over",
    Deed.CONFIRMED: "confirmed how it was closed",
}
SHOWN = ("title", "detail", "kind", "visibility", "start", "target", "score")
"""Of a change; the ids in it say nothing to a reader."""
CHANGES = 5


def history_page(goal_id: int, history: GoalHistory, timezone: str | None) -> View:
    older: list[Block] = []
    if history.before:
        ref = Ref(goal=goal_id, before=history.before).encode()
        older = [kit.buttons(kit.button("Older", f"{HISTORY}:older", ref))]
    blocks = moments(history.moments, timezone) or [kit.section("Nothing has happened to this goal yet.")]
    return kit.modal(HISTORY, "History of the goal", [*blocks, *older])


def moments(all_of_them: Sequence[GoalMoment], timezone: str | None) -> list[Block]:
    return [block for one in all_of_them for block in _moment(one, timezone)]


def _moment(one: GoalMoment, timezone: str | None) -> list[Block]:
    at = clock.local(one.at, timezone)
    stood = f"{words.score(one.progress)} of 1.0"
    if one.confidence:
        stood += f", {words.confidence(one.confidence).lower()}"
    said = f"*{at:%-d %B %Y}* · {kit.name(one.by)} {DEEDS[one.deed]} · {stood}"
    changes = _changes(one.change)
    return [kit.small(said + changes), *([kit.typed(one.note)] if one.note else [])]


def _changes(change: Mapping[str, object]) -> str:
    """ "title: “old” → “new”", each harmless and short."""
    told = []
    for name in SHOWN:
        match change.get(name):
            case [before, after]:
                told.append(f"\n{name.replace('_', ' ')}: {_value(before)} → {_value(after)}")
            case str(text):
                told.append(f"\n{name.replace('_', ' ')}: {_value(text)}")
    return "".join(told[:CHANGES])


def _value(value: object) -> str:
    if isinstance(value, int | float):
        return f"{value:g}"
    return f"“{kit.escape(kit.short(str(value or ''), 100))}”"

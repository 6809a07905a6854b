"""One goal to read, with its history and what its reader may do about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot import clock
from bot.models.goals import Deed, Evidence, GoalMoment, GoalReading, GoalSummary
from bot.models.paging import Page
from bot.notation import show_number
from bot.views import kit, times
from bot.views.files import ONLY_YOU
from bot.views.goals import key_results, words
from bot.views.goals.agreement import AGREE, SUGGEST
from bot.views.goals.closing import CLOSE, COMMENT_ON, closing_blocks
from bot.views.goals.parts import TREE, Below, GoalChange, Ref, listed, open_button, who_sees
from bot.views.goals.updating import UPDATE

PAGE = "goals.page"
CHANGE = "goals.change"

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
SHOWN_FIELDS = ("title", "detail", "kind", "visibility", "start", "target", "score")
"""Ids say nothing to a reader, so changes of other fields are not shown."""
MOST_CHANGES = 5

CHART = "goals.chart"


def page(reading: GoalReading, timezone: str | None, *, now: datetime) -> View:
    """Times are shown in the reader's `timezone`."""
    return kit.modal(
        PAGE,
        "Goal",
        [
            *_opening(reading, timezone, now),
            *_to_agree(reading),
            *_key_results(reading),
            *_closing(reading),
            *_buttons(reading),
            *_family(reading),
            *_evidence(reading, timezone),
            *_history(reading, timezone),
            kit.rule(),
            who_sees(reading),
        ],
        metadata=Ref(goal=reading.summary.goal_id).encode(),
    )


def _opening(reading: GoalReading, timezone: str | None, now: datetime) -> list[Block]:
    goal = reading.summary
    owners = " and ".join([kit.name(goal.owner_name), *(kit.name(one.name) for one in reading.co_owners)])
    left = " (has left)" if reading.owner_has_left else ""
    since = clock.local(reading.state_since, timezone)
    state = f"{words.STATES[goal.state]} by {kit.name(reading.state_by)} on {since:%-d %B}{_waits_for(reading, now)}"
    group = reading.department or (reading.team_of and f"Team of {reading.team_of}")
    blocks: list[Block] = [
        kit.section(f"*{words.title(goal)}*\n{owners}{left}\n{words.standing(goal)}"),
        kit.small(f"{words.facts(goal)}{f' · {kit.name(group)}' if group else ''}\n{state}"),
    ]
    if reading.detail:
        blocks.append(kit.typed(reading.detail))
    return blocks


def _waits_for(reading: GoalReading, now: datetime) -> str:
    if reading.waits_for is None:
        return ""
    away = times.away(reading.waits_for, now=now)
    return f"\nWaits for {kit.name(reading.waits_for.name)}{f' ({away})' if away else ''}"


def _to_agree(reading: GoalReading) -> list[Block]:
    if not reading.may_agree:
        return []
    ref = Ref(goal=reading.summary.goal_id, seen=reading.summary.version, below=Below.PAGE).encode()
    return [
        kit.buttons(
            kit.button("Looks good", AGREE, ref, primary=True),
            kit.button("Suggest a change", SUGGEST, ref),
        )
    ]


def _key_results(reading: GoalReading) -> list[Block]:
    blocks: list[Block] = [
        kit.section(key_results.in_words(one, reading.scores[one.id])) for one in reading.key_results
    ]
    if not blocks and reading.summary.is_open:
        blocks = [kit.small("No key result tells how far it is; its owners say so.")]
    dropped = [
        kit.small(
            f"Dropped: {kit.escape(kit.short(one.title, 100))} · "
            f"{kit.escape(kit.short(one.dropped_because or '', 200))}"
        )
        for one in reading.dropped[:5]
    ]
    return [*blocks, *dropped]


def _closing(reading: GoalReading) -> list[Block]:
    if reading.closing is None:
        return []
    ref = Ref(goal=reading.summary.goal_id, below=Below.PAGE).encode()
    confirm = (
        [kit.buttons(kit.button("Confirm", COMMENT_ON, ref, primary=True))] if reading.may_confirm else []
    )
    return [kit.rule(), *closing_blocks(reading.closing), *confirm]


def _buttons(reading: GoalReading) -> list[Block]:
    goal = reading.summary
    ref = Ref(goal=goal.goal_id, seen=goal.version, below=Below.PAGE)
    deeds: list[ButtonElement] = []
    if reading.may_change:
        deeds.append(kit.button("Update", UPDATE, ref.encode(), primary=not reading.may_agree))
    if reading.may_close:
        deeds.append(kit.button("Finish goal", CLOSE, ref.encode()))
    deeds.append(kit.button("Chart", CHART, ref.encode(), spoken="Send me a chart of this goal"))
    choices = _choices(reading, ref)
    return [kit.buttons(*deeds, *([kit.menu(CHANGE, choices)] if choices else []), block_id="deeds")]


def _choices(reading: GoalReading, ref: Ref) -> dict[str, str]:
    """The ⋯ menu holds what is done to a goal now and then."""
    offered: dict[GoalChange, str] = {}
    if reading.may_edit:
        offered = {GoalChange.EDIT: "Change its words", GoalChange.ADD: "Add a key result"}
        if reading.key_results:
            offered[GoalChange.RETARGET] = "Change or drop a key result"
    if reading.may_change:
        offered[GoalChange.ALIGN] = "Link to a goal above"
    if reading.may_hand_over:
        offered[GoalChange.HAND_OVER] = "Hand it over"
    return {ref.model_copy(update={"change": change}).encode(): label for change, label in offered.items()}


def _family(reading: GoalReading) -> list[Block]:
    blocks: list[Block] = []
    if reading.parent:
        closed = "" if reading.parent.is_open else " (closed)"
        said = f"*Serves*{closed}\n{words.title(reading.parent)}"
        blocks.append(kit.section(said, button=open_button(reading.parent)))
    elif reading.is_local:
        blocks.append(kit.small("Serves no goal above it, on purpose."))
    if reading.children:
        blocks += [kit.section("*Served by*"), *listed(reading.children)]
    if reading.more_children:
        ref = Ref(under=reading.summary.goal_id, period=reading.summary.period).encode()
        more = kit.button("Show the branch", f"{TREE}:branch", ref)
        blocks += [kit.small(f"And {reading.more_children} more."), kit.buttons(more, block_id="branch")]
    return blocks


def _evidence(reading: GoalReading, timezone: str | None) -> list[Block]:
    if not reading.evidence:
        return []
    return [
        kit.section("*Evidence*"),
        kit.small("\n".join(_link(one, timezone) for one in reading.evidence[:8])),
    ]


def _link(one: Evidence, timezone: str | None) -> str:
    """The service lets only links to Slack messages in. A bar in the address would end the link early."""
    address = kit.escape(one.permalink).replace("|", "%7C")
    return f"<{address}|A message>, added by {kit.name(one.added_by)} on {clock.local(one.added_at, timezone):%-d %B}"


def _history(reading: GoalReading, timezone: str | None) -> list[Block]:
    blocks: list[Block] = [kit.rule(), *moments(reading.history.items, timezone)]
    if reading.history.after:
        whole = kit.button("Whole history", HISTORY, Ref(goal=reading.summary.goal_id).encode())
        blocks.append(kit.buttons(whole, block_id="history"))
    return blocks


def history_page(goal_id: int, history: Page[GoalMoment], timezone: str | None) -> View:
    older = kit.older(history, f"{HISTORY}:older", lambda last: Ref(goal=goal_id, before=last).encode())
    blocks = moments(history.items, timezone) or [kit.section("Nothing has happened to this goal yet.")]
    return kit.modal(HISTORY, "History of the goal", [*blocks, *older])


def moments(all_of_them: Sequence[GoalMoment], timezone: str | None) -> list[Block]:
    return [block for one in all_of_them for block in _moment(one, timezone)]


def _moment(one: GoalMoment, timezone: str | None) -> list[Block]:
    at = clock.local(one.at, timezone)
    stood = words.score(one.progress)
    if one.confidence:
        stood += f", {words.confidence(one.confidence).lower()}"
    said = f"*{at:%-d %B %Y}* · {kit.name(one.by)} {DEEDS[one.deed]} · {stood}"
    changes = _changes(one.change)
    return [kit.small(said + changes), *([kit.typed(one.note)] if one.note else [])]


def _changes(change: Mapping[str, object]) -> str:
    """Each changed field, escaped and short: title: “old” → “new”."""
    told = []
    for name in SHOWN_FIELDS:
        match change.get(name):
            case [before, after]:
                told.append(f"\n{name.replace('_', ' ')}: {_value(before, name)} → {_value(after, name)}")
            case str(text):
                told.append(f"\n{name.replace('_', ' ')}: {_value(text, name)}")
    return "".join(told[:MOST_CHANGES])


def _value(value: object, name: str) -> str:
    if isinstance(value, int | float):
        return words.score(value) if name == "score" else show_number(value)
    return f"“{kit.escape(kit.short(str(value or ''), 100))}”"


def chart_title(goal: GoalSummary) -> str:
    return f"Goal: {kit.short(goal.title, 100)}"


def chart_comment(goal: GoalSummary) -> str:
    return kit.escape(f"How “{kit.short(goal.title, 100)}” went so far, as you asked. {ONLY_YOU}")

"""Saying how a goal stands: the form, goals inside the check-in, and keeping a message as evidence."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock
from slack_sdk.models.views import View

from bot.errors import Invalid
from bot.models.goals import Confidence, GoalList, GoalReading, GoalSummary, Update
from bot.slack import Message
from bot.views import kit
from bot.views.goals import progress, words
from bot.views.goals.parts import Below, Menu, Ref, message, open_unnamed, standing, who_sees
from bot.views.goals.setting import FORM

UPDATE = "goals.update"
NO_CHANGE = "goals.no_change"
CONFIDENCE, NOTE = "confidence", "note"

SHORTCUT = "goals.evidence"
GOAL = "goal"


def update_form(
    reading: GoalReading,
    came_from: Ref,
    *,
    typed: Mapping[str, Any] | None = None,
) -> View:
    """`typed` is a view that was sent when somebody else had changed the goal: changed fields keep what was typed, the
    others show how the goal is now. Field ids carry the version, or Slack would keep both.
    """
    goal = reading.summary
    ref = came_from.showing(goal)
    said = _changed_fields(typed or {})
    return kit.modal(
        UPDATE,
        "Update goal",
        [
            standing(goal),
            *_no_change(reading, ref),
            *progress.fields(reading, said),
            _confidence(reading, said.get(CONFIDENCE)),
            kit.text_input(
                f"{NOTE}:{goal.version}",
                "In a sentence",
                hint="What moved it? At risk or off track: what would bring it back?",
                value=str(said.get(NOTE, "")),
                optional=True,
                limit=1000,
            ),
            who_sees(reading),
        ],
        submit="Save update",
        metadata=ref.encode(),
    )


def _changed_fields(view: Mapping[str, Any]) -> Mapping[str, object]:
    """Fields that hold something else than was shown, by their names without the version."""
    values = kit.Values(view)
    typed: dict[str, object] = {}
    for block in view.get("blocks") or []:
        if block.get("type") != "input":
            continue
        field, element = str(block.get("block_id")), block.get("element") or {}
        now: object
        shown: object
        match element.get("type"):
            case "static_select":
                now, shown = values.choice(field), (element.get("initial_option") or {}).get("value")
            case "multi_static_select":
                options = element.get("initial_options") or []
                now, shown = values.choices(field), [one.get("value") for one in options]
            case _:
                now, shown = values.text(field), element.get("initial_value") or ""
        if now != shown:
            typed[field.partition(":")[0]] = now
    return typed


def _no_change(reading: GoalReading, ref: Ref) -> list[Block]:
    """The button is there once somebody has said how the goal stands."""
    if reading.summary.confidence is None:
        return []
    return [kit.buttons(kit.button("No change", NO_CHANGE, ref.encode()), block_id="no_change")]


def _confidence(reading: GoalReading, said: object) -> InputBlock:
    """The hint is a suggestion. Nothing is chosen for the owner."""
    hint = None
    if reading.pace_hint:
        called = words.confidence(reading.pace_hint).lower()
        hint = f"At an even pace this would be called {called}. You know better."
    value = said if isinstance(said, str) else reading.summary.confidence
    field = f"{CONFIDENCE}:{reading.summary.version}"
    return kit.choice_input(field, "How sure are you?", words.CONFIDENCES, value=value, hint=hint)


def read_update(view: Mapping[str, Any], reading: GoalReading) -> Update:
    """`reading` is the goal as it is now: its key results tell how to read the fields of progress."""
    ref, values = Ref.decode(view.get("private_metadata")), kit.Values(view)
    version = ref.version
    told = progress.read(reading, values)
    said = values.choice(f"{CONFIDENCE}:{version}")
    return Update(
        ref.goal_id,
        version,
        confidence=Confidence(said) if said and said in words.CONFIDENCES else None,
        values=told.values,
        done=told.done,
        progress=told.progress,
        typed=told.typed,
        note=values.text(f"{NOTE}:{version}"),
    )


def noted(reading: GoalReading) -> View:
    """ "No change" is answered by this window."""
    goal = reading.summary
    said = f"*{words.title(goal)}*\n{words.standing(goal)}\nNoted: no change."
    return kit.modal("goals.noted", "Noted", [kit.section(said)])


def said_early(reading: GoalReading) -> View:
    """ "At risk" and "off track" are answered by thanks, and by who hears of it."""
    hears = "Nobody is told: the directory names no manager for its owner."
    if reading.manager_name:
        hears = f"{kit.name(reading.manager_name)} hears of it, with what you wrote."
    thanks = "*Good that you say so while something can be done.*"
    return kit.modal("goals.said_early", "Thank you", [kit.section(f"{thanks}\n{hears}")])


def off_track_message(reading: GoalReading, *, more: Menu = ()) -> Message:
    """The manager reads how the goal stands, what the owner said, and one thing to do about it."""
    goal = reading.summary
    owner = kit.short(goal.owner_name, 60)
    return message(
        f"{owner} says a goal is {words.confidence(goal.confidence).lower()}.",
        f"{words.named(goal)}: {words.score(goal.progress)}, until {goal.ends_on:%-d %B}.",
        f"One thing to do: ask {owner} what would bring it back, and take one obstacle off their hands.",
        buttons=[open_unnamed(goal, primary=True), *more],
    )


def quiet_sentence(quiet: Sequence[GoalSummary]) -> list[str]:
    """The manager's digest holds this sentence. It is not escaped yet."""
    if not quiet:
        return []
    named = [f"{words.named(goal)} ({kit.short(goal.owner_name, 60)})" for goal in quiet[:3]]
    more = f" and {len(quiet) - 3} more" if len(quiet) > 3 else ""
    return [f"Goals gone quiet: {', '.join(named)}{more}."]


def evidence_form(mine: GoalList, permalink: str) -> View:
    if not mine.goals:
        said = "You have no open goal to add this to. Set one first; the message stays where it is."
        return kit.modal(
            SHORTCUT,
            "Add to goal",
            [kit.section(said), kit.buttons(kit.button("New goal", FORM, primary=True))],
        )
    choices = {
        str(one.goal_id): f"{one.title} ({one.period})" for one in sorted(mine.goals, key=words.worst_first)
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


def evidence_saved_page(reading: GoalReading) -> View:
    return kit.confirmation(
        f"{SHORTCUT}.saved",
        "Link added",
        f"The message is kept with {words.title(reading.summary)}.",
        "Whoever may see the goal sees the link. The message itself is not copied.",
    )


def read_evidence(view: Mapping[str, Any]) -> tuple[int, str]:
    """Returns the goal's id and the link."""
    chosen = kit.row_id(kit.Values(view).choice(GOAL))
    if chosen is None:
        raise Invalid("Choose the goal.", field=GOAL)
    return chosen, Ref.decode(view.get("private_metadata")).link or ""


SERVES = "serves"


def checkin_blocks(
    goals: Sequence[GoalSummary], week: date, noted: int | None = None, *, more: bool = False
) -> list[Block]:
    """Each goal takes one block, and the one-tap answers share a row below them. `noted` is the goal whose "no change"
    was pressed just now. An update opens on top, so what is typed in the check-in stays.
    """
    refs = {
        one.goal_id: Ref(
            goal=one.goal_id, seen=one.version, below=Below.CHECKIN, week=week, more=more
        ).encode()
        for one in goals
    }
    steady = [one for one in goals if one.confidence and one.goal_id != noted]
    taps = [_steady(one, refs[one.goal_id], is_only=len(goals) == 1) for one in steady]
    blocks: list[Block] = [_goal(one, refs[one.goal_id], noted) for one in goals]
    return [*blocks, kit.buttons(*taps)] if taps else blocks


def _goal(goal: GoalSummary, ref: str, noted: int | None) -> Block:
    said = " · Noted: no change" if goal.goal_id == noted else ""
    update = kit.button("Update", UPDATE, ref, spoken=f"Update {goal.title}")
    return kit.section(f"*{words.title(goal, 100)}*\n{words.standing(goal)}{said}", button=update)


def _steady(goal: GoalSummary, ref: str, *, is_only: bool) -> ButtonElement:
    """A tap names its goal where there are several."""
    label = "No change" if is_only else f"No change: {kit.short(goal.title, 25)}"
    action_id = NO_CHANGE if is_only else f"{NO_CHANGE}:{goal.goal_id}"
    return kit.button(label, action_id, ref, spoken=f"No change: {goal.title}")


def quiet_step(goal: GoalSummary, now: datetime) -> kit.NextStep:
    """After a check-in its author is reminded of the goal that was left alone for longest."""
    days = (now - goal.touched_at).days
    ref = Ref(goal=goal.goal_id, seen=goal.version).encode()
    return kit.NextStep(
        f"*{words.title(goal, 100)}* has had no update for {days} days.",
        kit.button("Update goal", UPDATE, ref, primary=True),
    )


def serves_input(goals: Sequence[GoalSummary], chosen: int | None = None) -> list[Block]:
    if not goals:
        return []
    choices = {str(goal.goal_id): goal.title for goal in goals}
    return [
        kit.choice_input(
            SERVES,
            "Which goal does next week's work serve?",
            choices,
            value=str(chosen) if chosen else None,
            optional=True,
            placeholder="None in particular",
        )
    ]


def read_serves(values: kit.Values) -> int | None:
    return kit.row_id(values.choice(SERVES))

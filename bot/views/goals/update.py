"""Saying how a goal stands: one tap for "no change", otherwise progress, confidence and a sentence."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.models.goals import Confidence, GoalReading, Update
from bot.views import kit
from bot.views.goals import progress, words
from bot.views.goals.ref import Ref

UPDATE = "goals.update"
NO_CHANGE = "goals.no_change"
CONFIDENCE, NOTE = "confidence", "note"


def form(
    reading: GoalReading,
    came_from: Ref,
    *,
    conflict: str | None = None,
    typed: Mapping[str, Any] | None = None,
) -> View:
    """`conflict`: what somebody else said meanwhile. `typed`: the view as it was sent then: what was changed in it
    stays, and what was not shows how it is now. The fields' ids carry the version, or Slack would keep both.
    """
    line = reading.line
    ref = came_from.showing(line)
    said = _changed(typed or {})
    return kit.modal(
        UPDATE,
        "Update goal",
        [
            kit.section(f"*{words.title(line)}*\n{words.standing(line)}"),
            *([conflict_block(conflict)] if conflict else []),
            *_no_change(reading, ref),
            progress.field(reading, f"{progress.FIELD}:{line.version}", said.get(progress.FIELD)),
            _confidence(reading, said.get(CONFIDENCE)),
            kit.text_input(
                f"{NOTE}:{line.version}",
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


def _changed(view: Mapping[str, Any]) -> Mapping[str, object]:
    """The fields in which something else stands than was shown, by their names without the version."""
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


def conflict_block(sentence: str) -> Block:
    return kit.section(f":warning: {kit.escape(sentence)}\nWhat you changed is still here.")


def _no_change(reading: GoalReading, ref: Ref) -> list[Block]:
    """Only once somebody has said how it stands: before, there is nothing to leave as it is."""
    if reading.line.confidence is None:
        return []
    return [kit.buttons(kit.button("No change", NO_CHANGE, ref.encode()), block_id="no_change")]


def who_sees(reading: GoalReading) -> Block:
    named = ", ".join(kit.name(one) for one in reading.readers[:6])
    more = f" and {len(reading.readers) - 6} more" if len(reading.readers) > 6 else ""
    return kit.small(f"*Who sees this:* {named or 'everybody in the company'}{more}.")


def _confidence(reading: GoalReading, said: object) -> InputBlock:
    """The hint is a suggestion beside the owner's word; nothing is chosen for them."""
    hint = None
    if reading.pace_hint:
        called = words.confidence(reading.pace_hint).lower()
        hint = f"At an even pace this would be called {called}. You know better."
    value = said if isinstance(said, str) else reading.line.confidence
    field = f"{CONFIDENCE}:{reading.line.version}"
    return kit.choice_input(field, "How sure are you?", words.CONFIDENCES, value=value, hint=hint)


def read(view: Mapping[str, Any], reading: GoalReading) -> Update:
    """`reading`: the goal as it is now; its key results tell what stands in the progress field."""
    ref, values = Ref.decode(view.get("private_metadata")), kit.Values(view)
    version = ref.version
    told = progress.read(reading, values, f"{progress.FIELD}:{version}")
    said = values.choice(f"{CONFIDENCE}:{version}")
    return Update(
        ref.goal_id,
        version,
        confidence=Confidence(said) if said and said in words.CONFIDENCES else None,
        values=told.values,
        done=told.done,
        progress=told.progress,
        note=values.text(f"{NOTE}:{version}"),
    )


def noted(reading: GoalReading) -> View:
    """After "no change"."""
    line = reading.line
    said = f"*{words.title(line)}*\n{words.standing(line)}\nNoted: no change."
    return kit.modal("goals.noted", "Noted", [kit.section(said)])


def said_early(reading: GoalReading) -> View:
    """After "at risk" or "off track": thanks, and who hears of it."""
    hears = "Nobody is told: the directory names no manager for its owner."
    if reading.manager_name:
        hears = f"{kit.name(reading.manager_name)} hears of it, with what you wrote."
    thanks = "*Good that you say so while something can be done.*"
    return kit.modal("goals.said_early", "Thank you", [kit.section(f"{thanks}\n{hears}")])

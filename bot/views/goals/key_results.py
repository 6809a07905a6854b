"""How a key result is set, in fields of its own, and how it is shown again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import Block, InputBlock

from bot.errors import Invalid
from bot.models import KeyResult
from bot.models.goals import Measure, Milestone, NewKeyResult
from bot.notation import read_number, read_unit, show_as_typed
from bot.views import kit
from bot.views.goals import words

FIELD = "key_results"
ADD_RESULT = "goals.add_result"
MOST_ADDED = 8
ASKED: Mapping[str, str] = {
    Measure.METRIC: "How will you see it?",
    Measure.HOLD: "Which number is to be held?",
    Measure.MILESTONES: "What will be finished, step by step?",
}
ADDED: Mapping[Measure, str] = {
    Measure.METRIC: "Add result",
    Measure.HOLD: "Add a number to hold",
    Measure.MILESTONES: "Add steps",
}
SAY_START = "Write where it stands today, such as 40. Leave both numbers empty if it is done or not."
SAY_TARGET = "Write where it is to be, such as 20. Leave both numbers empty if it is done or not."
SAY_HELD = "Write the number to hold, such as 99.9 %."
SAY_TITLE = "Say what is counted: Support tickets per week."
UNLIKE = "Start and target are counted in different units. Write both in the same unit."

PARTS = re.compile(
    r"(?P<before>[^\d+\-−–.,٫]*)"
    r"(?P<number>[+\-−–]?[\d.,'’٫٬\u00a0\u2007-\u2009\u202f ]*\d(?:[ \u00a0]?[kKM](?!\w))?)"
    r"\s*(?P<behind>[^\d]*)"
)
UNREAD = "There is no number I can read here. Write 20, 1.5, 12 % or 3k."


class Number(NamedTuple):
    """A number with its unit, and the number alone as it was typed."""

    value: float
    unit: str
    typed: str


def result_fields(measures: Sequence[Measure]) -> list[Block]:
    """A few small fields for each key result. Their names hold its place, as those of the service's errors do."""
    several = len(measures) > 1
    return [
        block
        for place, measure in enumerate(measures)
        for block in _fields(f"{FIELD}.{place}", f"Result {place + 1}: " if several else "", measure)
    ]


def _fields(field: str, which: str, measure: Measure) -> list[InputBlock]:
    fields = [_line(f"{field}.title", which + ASKED[measure], hint=_hint(measure), limit=150)]
    if measure == Measure.HOLD:
        spare = "How far it may be off, such as 0.1."
        return [
            *fields,
            _line(f"{field}.target", f"{which}Hold at", hint="With its unit, if it has one: 99.9 %."),
            _line(f"{field}.tolerance", f"{which}Give or take", hint=spare),
        ]
    if measure == Measure.MILESTONES:
        steps = kit.text_input(f"{field}.milestones", f"{which}Steps, one a line", optional=True, limit=2000)
        return [*fields, steps]
    end = "With its unit, if it has one: 20 %. Leave both numbers empty if it is simply done or not."
    return [
        *fields,
        _line(f"{field}.start", f"{which}From"),
        _line(f"{field}.target", f"{which}To", hint=end),
    ]


def _hint(measure: Measure) -> str:
    examples = {Measure.HOLD: "uptime", Measure.MILESTONES: "move to the new database"}
    return f"Such as: {examples.get(measure, 'support tickets per week')}."


def _line(field: str, label: str, *, hint: str | None = None, limit: int = 80) -> InputBlock:
    return kit.text_input(field, label, hint=hint, optional=True, multiline=False, limit=limit)


def add_buttons(measures: Sequence[Measure]) -> list[Block]:
    """Each button adds the fields of one more key result, up to eight."""
    if len(measures) >= MOST_ADDED:
        return []
    taps = [kit.button(label, f"{ADD_RESULT}:{measure}", measure) for measure, label in ADDED.items()]
    return [kit.buttons(*taps, block_id="add_result")]


def read_results(view: Mapping[str, Any], measures: Sequence[Measure]) -> dict[int, NewKeyResult]:
    """The key results by their place on the form. Those that were left empty are not among them."""
    values = kit.Values(view)
    told = {place: _read(values, f"{FIELD}.{place}", measure) for place, measure in enumerate(measures)}
    return {place: result for place, result in told.items() if result is not None}


def in_place(error: Invalid, places: Sequence[int]) -> Invalid:
    """The service counts the key results that were filled in; the form counts their places."""
    head, _, rest = (error.field or "").partition(".")
    place, _, name = rest.partition(".")
    if head != FIELD or not place.isdecimal() or int(place) >= len(places):
        return error
    return Invalid(error.sentence, field=f"{FIELD}.{places[int(place)]}.{name}")


def _read(values: kit.Values, field: str, measure: Measure) -> NewKeyResult | None:
    told = {name: values.text(f"{field}.{name}") for name in ("title", "start", "target", "tolerance")}
    steps = [line.strip().lstrip("•*-").strip() for line in values.text(f"{field}.milestones").splitlines()]
    if not any((*told.values(), *steps)):
        return None
    if not told["title"]:
        raise Invalid(SAY_TITLE, field=f"{field}.title")
    if measure == Measure.MILESTONES:
        milestones = tuple(Milestone(step) for step in steps if step)
        return NewKeyResult(told["title"], measure=measure, milestones=milestones)
    if measure == Measure.HOLD:
        return _hold(told, field)
    if not told["start"] and not told["target"]:
        return NewKeyResult(told["title"], measure=Measure.YES_NO)
    return _metric(told, field)


def _metric(told: Mapping[str, str], field: str) -> NewKeyResult:
    for name, ask in (("start", SAY_START), ("target", SAY_TARGET)):
        if not told[name]:
            raise Invalid(ask, field=f"{field}.{name}")
    begin = number_with_unit(told["start"], field=f"{field}.start")
    end = number_with_unit(told["target"], field=f"{field}.target")
    if begin.unit and end.unit and begin.unit != end.unit:
        raise Invalid(UNLIKE, field=f"{field}.target")
    typed = {"start": begin.typed, "target": end.typed}
    unit = end.unit or begin.unit
    return NewKeyResult(told["title"], start=begin.value, target=end.value, unit=unit, typed=typed)


def _hold(told: Mapping[str, str], field: str) -> NewKeyResult:
    if not told["target"]:
        raise Invalid(SAY_HELD, field=f"{field}.target")
    held = number_with_unit(told["target"], field=f"{field}.target")
    spare = number_with_unit(told["tolerance"] or "0", field=f"{field}.tolerance")
    return NewKeyResult(
        told["title"],
        measure=Measure.HOLD,
        start=held.value,
        target=held.value,
        tolerance=spare.value,
        unit=held.unit,
        typed={"start": held.typed, "target": held.typed, "tolerance": spare.typed},
    )


def number_with_unit(text: str, *, field: str) -> Number:
    parts = PARTS.fullmatch(text.strip())
    if parts is None:
        raise Invalid(UNREAD, field=field)
    unit = read_unit(parts["before"].strip() or parts["behind"].strip(), field=field)
    return Number(read_number(parts["number"], unit=unit, field=field), unit, typed=parts["number"].strip())


# How it is shown


def in_words(result: KeyResult, score: float) -> str:
    """An example: "*Tickets per week*: 40 → 20, now 31 · 45 %". It is escaped for mrkdwn."""
    title = kit.escape(kit.short(result.title, 150))
    of_its_time = "held for " if result.measure == Measure.HOLD else ""
    scored = f"{of_its_time}{words.score(score)}{' of its time' if of_its_time else ''}"
    return f"*{title}*: {kit.escape(state(result))} · {scored}"


def state(result: KeyResult) -> str:
    """Where the key result is, and on which way. This is not escaped yet."""
    if result.measure == Measure.YES_NO:
        return "done" if result.current >= 1 else "not done yet"
    if result.measure == Measure.MILESTONES:
        return _milestones(result.milestones)
    return f"{way(result)}, now {shown(result, 'current')}"


def way(result: KeyResult) -> str:
    """Examples: "12 → 1.5 %" and "hold at 99.9 % ± 0.1". It is empty for what is done or not."""
    if result.measure == Measure.METRIC:
        return f"{shown(result, 'start', with_unit=False)} → {shown(result, 'target')}"
    if result.measure == Measure.HOLD:
        spare = f" ± {shown(result, 'tolerance', with_unit=False)}" if result.tolerance else ""
        return f"hold at {shown(result, 'target')}{spare}"
    return ""


def shown(result: KeyResult, name: str, *, with_unit: bool = True) -> str:
    """One of its numbers in the notation in which it was typed."""
    number: float = getattr(result, name)
    return show_as_typed(number, result.unit if with_unit else "", (result.typed or {}).get(name))


def _milestones(milestones: Sequence[Milestone]) -> str:
    done = [one for one in milestones if one.done]
    left = [kit.short(one.title, 60) for one in milestones if not one.done]
    said = f"{len(done)} of {kit.counted(len(milestones), 'milestone')}"
    return f"{said}; open: {', '.join(left)}" if left else said

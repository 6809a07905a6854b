"""The one field that says how far a goal is, in whatever way it is measured, and reading it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default

from slack_sdk.models.blocks import InputBlock

from bot.errors import Invalid
from bot.models import KeyResult
from bot.models.goals import GoalReading, Measure
from bot.notation import read_number, show_number
from bot.views import kit
from bot.views.goals import key_results, words

FIELD = "progress"
TICKED = (Measure.MILESTONES, Measure.YES_NO)
SCORES = {str(tenth): f"{tenth / 10:.1f}" for tenth in range(11)}
DONE = {"yes": 1.0, "done": 1.0, "no": 0.0, "not done": 0.0}
NONE_DONE = ("", "-", "none")


@dataclass(frozen=True, slots=True)
class Reported:
    """The fields mean the same as in `Update`."""

    values: Mapping[int, float] = with_default(default_factory=dict)
    done: Mapping[int, frozenset[int]] = with_default(default_factory=dict)
    progress: float | None = None


def is_ticked(reading: GoalReading) -> bool:
    return all(one.measure in TICKED for one in reading.key_results)


def field(reading: GoalReading, name: str, typed: object = None) -> InputBlock:
    """`typed` is what stands there already."""
    if reading.is_scored_by_owner:
        value = typed if isinstance(typed, str) else tenths(reading.summary.progress)
        hint = "1.0 is all of it. Nothing counts this goal for you: it is your own judgement."
        return kit.choice_input(name, "How far is it?", SCORES, value=value, hint=hint)
    if is_ticked(reading):
        return _ticks_field(reading.key_results, name, typed)
    text = typed if isinstance(typed, str) else None
    if len(reading.key_results) == 1:
        return _number_field(reading.key_results[0], name, text)
    hint = "One line each, in this order. Change what stands behind the last colon."
    value = text or "\n".join(f"{_title(one)}: {_value(one)}" for one in reading.key_results)
    return kit.text_input(name, "How far are the key results?", hint=hint, value=value)


def tenths(progress: float) -> str:
    """The key of this progress in `SCORES`."""
    return str(round(float(words.score(progress)) * 10))


def read_score(chosen: str | None) -> float | None:
    return int(chosen) / 10 if chosen in SCORES else None


def _ticks_field(results: Sequence[KeyResult], name: str, typed: object) -> InputBlock:
    ticks = _ticks(results)
    chosen = typed if isinstance(typed, list) else [key for key, (_, done) in ticks.items() if done]
    labels = {key: label for key, (label, _) in ticks.items()}
    return kit.choices_input(name, "What is done?", labels, values=chosen, placeholder="Nothing yet")


def _ticks(results: Sequence[KeyResult]) -> Mapping[str, tuple[str, bool]]:
    """Label and state by value: "12:0" is the first milestone of key result 12, "12" is done or not as a whole."""
    ticks: dict[str, tuple[str, bool]] = {}
    for result in results:
        if result.measure == Measure.YES_NO:
            ticks[str(result.id)] = (result.title, result.current >= 1)
        for place, one in enumerate(result.milestones):
            ticks[f"{result.id}:{place}"] = (one.title, one.done)
    return ticks


def _number_field(result: KeyResult, name: str, typed: str | None) -> InputBlock:
    value = typed or show_number(result.current, result.unit)
    hint = f"Now {key_results.state(result)}."
    return kit.text_input(name, _title(result), hint=hint, value=value, multiline=False, limit=80)


def _title(result: KeyResult) -> str:
    return kit.short(result.title, 80)


def _value(result: KeyResult) -> str:
    if result.measure == Measure.YES_NO:
        return "yes" if result.current >= 1 else "no"
    if result.measure == Measure.MILESTONES:
        return "; ".join(one.title for one in result.milestones if one.done) or "none"
    return show_number(result.current, result.unit)


def read(reading: GoalReading, values: kit.Values, name: str) -> Reported:
    if reading.is_scored_by_owner:
        return Reported(progress=read_score(values.choice(name)))
    if is_ticked(reading):
        return _ticked(reading.key_results, values.choices(name))
    return _read_lines(reading.key_results, values.text(name))


def _ticked(results: Sequence[KeyResult], chosen: Sequence[str]) -> Reported:
    yes_no = {one.id: float(str(one.id) in chosen) for one in results if one.measure == Measure.YES_NO}
    done = {
        one.id: frozenset(place for place in range(len(one.milestones)) if f"{one.id}:{place}" in chosen)
        for one in results
        if one.measure == Measure.MILESTONES
    }
    return Reported(yes_no, done)


def _read_lines(results: Sequence[KeyResult], text: str) -> Reported:
    """The text has one line for each key result, in order. A single one needs its value only."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != len(results):
        raise Invalid(
            f"There are {len(results)} key results and {kit.counted(len(lines), 'line')} here. "
            "Write one line for each, in their order, such as “Support tickets: 31”.",
            field=FIELD,
        )
    told = {result.id: _behind_title(result, line) for result, line in zip(results, lines, strict=True)}
    done = {one.id: _milestones(one, told[one.id]) for one in results if one.measure == Measure.MILESTONES}
    return Reported({one.id: _amount(one, told[one.id]) for one in results if one.id not in done}, done)


def _behind_title(result: KeyResult, line: str) -> str:
    """A milestone's name may hold a colon, so the title is removed as a whole where it stands in the line."""
    title = f"{_title(result)}:"
    return (line.removeprefix(title) if line.startswith(title) else line.rpartition(":")[2]).strip()


def _amount(result: KeyResult, told: str) -> float:
    if result.measure != Measure.YES_NO:
        try:
            return read_number(told, unit=result.unit, field=FIELD)
        except Invalid as error:
            raise Invalid(f"{_title(result)}: {error.sentence}", field=FIELD) from None
    if told.lower() not in DONE:
        raise Invalid(f"{_title(result)}: write yes or no.", field=FIELD)
    return DONE[told.lower()]


def _milestones(result: KeyResult, told: str) -> frozenset[int]:
    """Done milestones are told by name, or by how many are done from the first on."""
    titles = [one.title.lower() for one in result.milestones]
    if told.lower() in NONE_DONE:
        return frozenset()
    if told.isdecimal() and len(told) < 4 and int(told) <= len(titles):
        return frozenset(range(int(told)))
    names = [name.strip().lower() for name in told.split(";") if name.strip()]
    if not set(names) <= set(titles):
        known = "; ".join(kit.short(one.title, 40) for one in result.milestones)
        raise Invalid(f"I know no milestone of that name. They are: {known}.", field=FIELD)
    return frozenset(titles.index(name) for name in names)

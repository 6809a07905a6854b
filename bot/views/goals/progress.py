"""The fields that say how far a goal is, one for each number, and reading them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default

from slack_sdk.models.blocks import InputBlock

from bot.models import KeyResult
from bot.models.goals import GoalReading, Measure
from bot.notation import bare_number, read_number
from bot.views import kit
from bot.views.goals import key_results, words

FIELD = "progress"
TICKED = (Measure.MILESTONES, Measure.YES_NO)
SCORES = {str(tenth): f"{tenth * 10} %" for tenth in range(11)}


@dataclass(frozen=True, slots=True)
class Reported:
    """The fields mean the same as in `Update`."""

    values: Mapping[int, float] = with_default(default_factory=dict)
    done: Mapping[int, frozenset[int]] = with_default(default_factory=dict)
    progress: float | None = None
    typed: Mapping[int, str] = with_default(default_factory=dict)


def fields(reading: GoalReading, said: Mapping[str, object]) -> list[InputBlock]:
    """`said` holds what was typed already, by field. Field ids carry the goal's version."""
    version = reading.summary.version
    if reading.is_scored_by_owner:
        chosen = said.get(FIELD)
        value = chosen if isinstance(chosen, str) else tenths(reading.summary.progress)
        hint = "100 % is all of it. Nothing counts this goal for you: it is your own judgement."
        return [kit.choice_input(f"{FIELD}:{version}", "How far is it?", SCORES, value=value, hint=hint)]
    ticked = [one for one in reading.key_results if one.measure in TICKED]
    return [
        *(_number_field(one, version, said) for one in reading.key_results if one.measure not in TICKED),
        *([_ticks_field(ticked, f"{FIELD}:{version}", said.get(FIELD))] if ticked else []),
    ]


def tenths(progress: float) -> str:
    """The key of this progress in `SCORES`."""
    return str(round(words.tenth(progress) * 10))


def read_score(chosen: str | None) -> float | None:
    return int(chosen) / 10 if chosen in SCORES else None


def _name(result: KeyResult) -> str:
    """The field's name is the one by which the service names its errors."""
    return f"{key_results.FIELD}.{result.id}"


def _number_field(result: KeyResult, version: int, said: Mapping[str, object]) -> InputBlock:
    typed = said.get(_name(result))
    return kit.text_input(
        f"{_name(result)}:{version}",
        f"{kit.short(result.title, 80)} ({key_results.way(result)})",
        value=typed if isinstance(typed, str) else key_results.shown(result, "current"),
        multiline=False,
        limit=80,
    )


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


def read(reading: GoalReading, values: kit.Values) -> Reported:
    version = reading.summary.version
    if reading.is_scored_by_owner:
        return Reported(progress=read_score(values.choice(f"{FIELD}:{version}")))
    told = {
        one: values.text(f"{_name(one)}:{version}")
        for one in reading.key_results
        if one.measure not in TICKED
    }
    numbers = {one.id: read_number(text, unit=one.unit, field=_name(one)) for one, text in told.items()}
    typed = {one.id: bare_number(text, unit=one.unit) for one, text in told.items()}
    ticks = values.choices(f"{FIELD}:{version}")
    return Reported(numbers | _yes_no(reading, ticks), _done(reading, ticks), typed=typed)


def _yes_no(reading: GoalReading, ticks: Sequence[str]) -> dict[int, float]:
    return {
        one.id: float(str(one.id) in ticks) for one in reading.key_results if one.measure == Measure.YES_NO
    }


def _done(reading: GoalReading, ticks: Sequence[str]) -> Mapping[int, frozenset[int]]:
    return {
        one.id: frozenset(place for place in range(len(one.milestones)) if f"{one.id}:{place}" in ticks)
        for one in reading.key_results
        if one.measure == Measure.MILESTONES
    }

"""Key results as people set them: read field by field, or refused under their field."""

import pytest

from bot.errors import Invalid
from bot.models.goals import Measure, NewKeyResult
from bot.views import goals as views
from bot.views import kit
from bot.views.goals import key_results
from tests.views.goals.builders import a_result, submitted

EVERY = (Measure.METRIC, Measure.HOLD, Measure.MILESTONES, Measure.METRIC)


def read(measures: tuple[Measure, ...], *typed: tuple[int, str, str]) -> dict[int, NewKeyResult]:
    view = kit.modal("x", "X", key_results.result_fields(measures))
    told = {f"key_results.{place}.{name}": text for place, name, text in typed}
    return key_results.read_results(submitted(view, **told), measures)


def test_each_way_to_measure_has_its_own_fields() -> None:
    found = read(
        EVERY,
        (0, "title", "Support tickets per week"),
        (0, "start", "40"),
        (0, "target", "20 tickets"),
        (1, "title", "Uptime"),
        (1, "target", "99,9 %"),
        (1, "tolerance", "0.1"),
        (2, "title", "Move"),
        (2, "milestones", "• schema\n\ndata: old\n- switch"),
        (3, "title", "Pilot is live: in 2 shops"),
    )
    metric, hold, steps, yes_no = found.values()
    assert (metric.measure, metric.start, metric.target, metric.unit) == (Measure.METRIC, 40, 20, "tickets")
    assert (hold.measure, hold.target, hold.tolerance, hold.unit) == (Measure.HOLD, 99.9, 0.1, "%")
    assert hold.typed == {"start": "99,9", "target": "99,9", "tolerance": "0.1"}
    assert [one.title for one in steps.milestones] == ["schema", "data: old", "switch"]
    assert (yes_no.measure, yes_no.title) == (Measure.YES_NO, "Pilot is live: in 2 shops")


@pytest.mark.parametrize(
    ("typed", "start", "target", "unit"),
    [
        (("€3k", "€4.5k"), 3000, 4500, "€"),
        (("3k €", "4,5k €"), 3000, 4500, "€"),
        (("−5", "10"), -5, 10, ""),
        (("90 kg", "80 kg"), 90, 80, "kg"),
        (("1 500", "2 000 people"), 1500, 2000, "people"),
        (("12", "1,5 %"), 12, 1.5, "%"),
    ],
)
def test_numbers_are_read_with_their_unit(
    typed: tuple[str, str], start: float, target: float, unit: str
) -> None:
    (one,) = read(EVERY[:1], (0, "title", "X"), (0, "start", typed[0]), (0, "target", typed[1])).values()
    assert (one.measure, one.start, one.target, one.unit) == (Measure.METRIC, start, target, unit)


@pytest.mark.parametrize(
    ("place", "typed", "field", "sentence"),
    [
        (0, {"start": "40", "target": "20"}, "title", "Say what is counted"),
        (0, {"title": "X", "start": "40"}, "target", "Write where it is to be"),
        (0, {"title": "X", "target": "40"}, "start", "Write where it stands today"),
        (0, {"title": "X", "start": "1.500", "target": "20"}, "start", "two different numbers"),
        (0, {"title": "X", "start": "5 %", "target": "3 hours"}, "target", "in the same unit"),
        (1, {"title": "X", "target": "well"}, "target", "no number I can read"),
        (1, {"title": "X"}, "target", "Write the number to hold"),
    ],
)
def test_what_could_be_read_wrongly_is_refused_under_its_field(
    place: int, typed: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read(EVERY, *((place, name, text) for name, text in typed.items()))
    assert sentence in refused.value.sentence
    assert refused.value.field == f"key_results.{place}.{field}"


def test_an_error_of_the_service_stands_where_the_key_result_stands_on_the_form() -> None:
    error = Invalid("Start and target are the same.", field="key_results.1.target")
    assert views.in_place(error, (0, 2)).field == "key_results.2.target"
    assert views.in_place(Invalid("Too long.", field="title"), (0, 2)).field == "title"


def test_a_key_result_is_shown_as_its_numbers_were_typed() -> None:
    result = a_result(
        unit="%", start=12.0, target=1.5, current=2.5, typed={"target": "1,5", "current": "2,5"}
    )
    assert key_results.state(result).replace("\xa0", " ") == "12 → 1,5 %, now 2,5 %"
    result.current = 3.5  # typed elsewhere: the former text is no longer true
    assert key_results.state(result).replace("\xa0", " ") == "12 → 1,5 %, now 3.5 %"

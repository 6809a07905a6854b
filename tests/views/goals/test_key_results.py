"""Key results as people write them: read, or refused with an example."""

import pytest

from bot.errors import Invalid
from bot.models.goals import Measure
from bot.views import goals as views
from bot.views.goals import key_results


def test_key_results_are_read_as_people_write_them() -> None:
    metric, hold, milestones, yes_no, percent = key_results.read_lines(
        "• Support tickets per week: 40 → 20 tickets\n\n"
        "Uptime: hold 99,9 % ± 0.1\n"
        "Move to the new database: schema; data; switch\n"
        "Pilot is live\n"
        "Churn: 5 % to 3 %"
    )
    assert (metric.measure, metric.start, metric.target, metric.unit) == (Measure.METRIC, 40, 20, "tickets")
    assert metric.title == "Support tickets per week"
    assert (hold.measure, hold.target, hold.tolerance, hold.unit) == (Measure.HOLD, 99.9, 0.1, "%")
    assert [one.title for one in milestones.milestones] == ["schema", "data", "switch"]
    assert (yes_no.measure, yes_no.title) == (Measure.YES_NO, "Pilot is live")
    assert (percent.start, percent.target, percent.unit) == (5, 3, "%")


@pytest.mark.parametrize(
    ("typed", "start", "target", "unit"),
    [
        ("Revenue: €3k -> €4.5k", 3000, 4500, "€"),
        ("Revenue: 3k € → 4,5k €", 3000, 4500, "€"),
        ("Balance: −5 → 10", -5, 10, ""),
        ("Weight: 90 kg => 80 kg", 90, 80, "kg"),
        ("People: 1 500 → 2 000 people", 1500, 2000, "people"),
        ("Hours: 1.5 → 1", 1.5, 1, ""),
    ],
)
def test_numbers_are_read_with_their_unit(typed: str, start: float, target: float, unit: str) -> None:
    (one,) = key_results.read_lines(typed)
    assert (one.measure, one.start, one.target, one.unit) == (Measure.METRIC, start, target, unit)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Tickets: forty → twenty\nPilot: 12", "Line 2: Write it like"),
        ("Tickets: 40 - 20", "Write it like"),
        ("Tickets 40 → 20", "Write it like"),
        ("Pilot\nTickets: 1.500 → 20", "Line 2: This can be read as two different numbers"),
        ("Tickets: 5 % → 3 hours", "in the same unit"),
        ("Uptime: hold it well", "no number I can read"),
    ],
)
def test_what_could_be_read_wrongly_is_refused_with_an_example(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        key_results.read_lines(typed)
    assert sentence in refused.value.sentence
    assert refused.value.field == "key_results"


def test_an_error_of_one_key_result_names_its_line_where_there_are_several() -> None:
    error = Invalid("Start and target are the same.", field="key_results.1.target")
    assert views.in_line(error, 2).sentence == "Line 2: Start and target are the same."
    assert views.in_line(error, 1).sentence == "Start and target are the same."
    assert views.in_line(error, 2).field == "key_results"

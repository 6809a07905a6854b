"""The forms that choose when people are asked, and how days, times and rhythms read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Invalid
from bot.models import Department, RhythmInForce
from bot.models.rhythms import ChosenRhythm, RhythmSettings
from bot.views import absence, times
from bot.views import rhythms as views
from playground.blockkit import check_view

NOW = datetime(2026, 11, 20, 16, 35, tzinfo=UTC)
OWN = RhythmInForce(3, 630, 2, "person")


def submitted(view: dict[str, Any], **chosen: str) -> dict[str, Any]:
    """The form with what stands in it, and these choices changed."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            option = block["element"].get("initial_option") or {}
            values[block["block_id"]] = {"value": {"selected_option": {"value": option.get("value")}}}
    for field, value in chosen.items():
        values[field] = {"value": {"selected_option": {"value": value}}}
    return view | {"state": {"values": values}}


def options(view: dict[str, Any], field: str) -> list[str]:
    [block] = [block for block in view["blocks"] if block.get("block_id") == field]
    return [option["text"]["text"] for option in block["element"]["options"]]


def test_preferences_start_from_what_is_in_force_and_come_back_as_chosen() -> None:
    view = views.preferences(OWN, "Europe/Lisbon", range(5)).to_dict()
    assert check_view(view) == []
    assert views.read(submitted(view)) == views.Chosen(3, 630, 2)
    assert views.read(submitted(view, weekday="0", every_weeks="4")) == views.Chosen(0, 630, 4)


def test_only_working_days_and_waking_hours_are_offered() -> None:
    view = views.preferences(OWN, "Asia/Jerusalem", [6, 0, 1, 2, 3]).to_dict()
    assert options(view, "weekday") == ["Monday", "Tuesday", "Wednesday", "Thursday", "Sunday"]
    assert (options(view, "minute")[0], options(view, "minute")[-1]) == ("08:00", "17:30")


def test_an_odd_time_that_is_in_force_can_be_kept() -> None:
    view = views.preferences(RhythmInForce(4, 977, 1, "company"), None, range(5)).to_dict()
    assert "16:17" in options(view, "minute")
    assert "times are UTC" in str(view)


def test_only_a_choice_of_ones_own_can_be_given_back() -> None:
    assert views.FOLLOW in str(views.preferences(OWN, "UTC", range(5)).to_dict())
    default = RhythmInForce(4, 960, 1, "default")
    assert views.FOLLOW not in str(views.preferences(default, "UTC", range(5)).to_dict())


def test_hr_sees_what_was_chosen_and_starts_from_the_companys_rhythm() -> None:
    departments = tuple(Department(id=n, path=f"Department {n} <!here>") for n in range(99))
    chosen = (
        ChosenRhythm(2, 600, 1),
        *(ChosenRhythm(1, 600, 2, f"Department {n} <!here>") for n in range(99)),
    )
    view = views.settings(RhythmSettings(departments, chosen)).to_dict()
    assert check_view(view) == []
    assert "<!here>" not in str(view["blocks"][0])
    assert "The whole company: on Wednesdays at 10:00" in str(view)
    assert "And 80 more" in str(view)
    assert views.read(submitted(view)) == views.Chosen(2, 600, 1)
    assert views.read(submitted(view, place="department:7")).department_id == 7


def test_with_nothing_chosen_hr_is_told_what_holds() -> None:
    view = views.settings(RhythmSettings((), ())).to_dict()
    assert check_view(view) == []
    assert "Nothing chosen yet" in str(view)


@pytest.mark.parametrize(
    ("field", "value"),
    [("weekday", ""), ("minute", "soon"), ("every_weeks", "9" * 20), ("place", "department:")],
)
def test_a_forged_choice_is_refused_under_its_field(field: str, value: str) -> None:
    view = views.settings(RhythmSettings((), ())).to_dict()
    with pytest.raises(Invalid) as refusal:
        views.read(submitted(view, **{field: value}))
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(hours=1), "today 17:35"),
        (timedelta(hours=17), "tomorrow 09:35"),
        (timedelta(days=2, hours=17), "Monday 09:35"),
        (timedelta(days=7), "Friday 27 November 16:35"),
        (timedelta(days=60), "Tuesday 19 January 2027 16:35"),
    ],
)
def test_a_moment_is_told_as_near_as_it_is(later: timedelta, words: str) -> None:
    assert times.moment(NOW + later, "Europe/Lisbon", now=NOW) == words


@given(sides=st.lists(st.text(alphabet=" ,;\n:aB🌴<é", max_size=40), min_size=2, max_size=2))
def test_absence_signs_come_back_clean(sides: list[str]) -> None:
    fields = zip(("emoji", "words"), sides, strict=True)
    view = {"state": {"values": {field: {"value": {"value": typed}} for field, typed in fields}}}
    emoji, words = absence.read_form(view)
    assert all(sign and sign == "".join(sign.split()) for sign in emoji)
    assert all(word and word == word.strip().lower() for word in words)


def test_the_signs_in_force_stand_in_the_form() -> None:
    view = absence.form({":palm_tree:"}, ["on leave", "sick"]).to_dict()
    assert check_view(view) == []
    assert "on leave\\nsick" in str(view)

"""Until when, as people say it; and the form that asks the same."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Invalid
from bot.views import pauses as views
from playground.blockkit import check_blocks, check_view

WEDNESDAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Monday", "2026-11-23"),
        ("until monday", "2026-11-23"),
        ("next Mon", "2026-11-23"),
        ("Wednesday", "2026-11-25"),
        ("tomorrow", "2026-11-19"),
        ("until next week", "2026-11-23"),
        ("2026-12-01", "2026-12-01"),
        ("2020-01-01", "2020-01-01"),
        ("1 December", "2026-12-01"),
        ("Dec 1", "2026-12-01"),
        ("1st of December, 2027", "2027-12-01"),
        ("Sept. 3", "2027-09-03"),
        ("1 November", "2027-11-01"),
        ("18 November", "2027-11-18"),
        ("29 February", "2028-02-29"),
        ("2 weeks", "2026-12-02"),
        ("for 3 days", "2026-11-21"),
        ("a week", "2026-11-25"),
        ("  Until   MONDAY ", "2026-11-23"),
    ],
)
def test_people_say_until_when_in_their_own_words(said: str, day: str) -> None:
    assert views.read_until(said, today=WEDNESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said", ["", "whenever", "mo", "December", "1/12/2026", "30 February", "99 Monday", "2 years", "٣"]
)
def test_anything_else_is_answered_with_examples(said: str) -> None:
    with pytest.raises(Invalid, match="Monday, tomorrow, 2 weeks, 1 December or 2026-12-01") as refusal:
        views.read_until(said, today=WEDNESDAY)
    assert refusal.value.field == views.FIELD


@given(said=st.text(max_size=60))
def test_whatever_is_typed_is_a_day_or_a_sentence(said: str) -> None:
    try:
        assert isinstance(views.read_until(said, today=WEDNESDAY), date)
    except Invalid as refusal:
        assert "Write for instance" in refusal.sentence


@given(ahead=st.integers(1, 365))
def test_every_day_of_the_coming_year_can_be_said_in_three_ways(ahead: int) -> None:
    day = WEDNESDAY + timedelta(days=ahead)
    for said in (day.isoformat(), f"{day:%-d %B %Y}", f"{ahead} days"):
        assert views.read_until(said, today=WEDNESDAY) == day


@given(
    today=st.dates(date(2026, 1, 1), date(2040, 1, 1)), weekday=st.sampled_from(["monday", "thu", "Sunday"])
)
def test_a_weekday_is_the_next_one_and_never_today(today: date, weekday: str) -> None:
    day = views.read_until(weekday, today=today)
    assert timedelta(1) <= day - today <= timedelta(7)
    assert f"{day:%A}".lower().startswith(weekday.lower())


def test_a_mention_is_taken_off_the_front() -> None:
    assert views.mentioned("<@U12AB|ana> until Monday") == ("U12AB", "until Monday")
    assert views.mentioned("<@U12AB>") == ("U12AB", "")
    assert views.mentioned("until Monday") == (None, "until Monday")
    with pytest.raises(Invalid, match="choose the person from the list"):
        views.mentioned("@ana until Monday")


@pytest.mark.parametrize("for_others", [True, False])
def test_only_who_leads_others_may_name_one(for_others: bool) -> None:
    view = views.form(today=WEDNESDAY, for_others=for_others).to_dict()
    assert check_view(view) == []
    assert (views.WHO in [block.get("block_id") for block in view["blocks"]]) is for_others
    assert "2026-11-23" in str(view)


def test_the_form_comes_back_as_a_day_and_a_person() -> None:
    def state(**values: Any) -> dict[str, Any]:
        return {"state": {"values": {field: {"value": value} for field, value in values.items()}}}

    asked = views.read_form(state(until={"selected_date": "2026-12-01"}, who={"selected_user": "U1"}))
    assert asked == views.Asked(date(2026, 12, 1), "U1")
    with pytest.raises(Invalid, match="Choose the day"):
        views.read_form(state(until={"selected_date": None}))


def test_a_pause_within_a_longer_one_says_that_the_longer_one_stays() -> None:
    own = views.paused(NOW + timedelta(days=5), "UTC", now=NOW, already=True)
    assert own.text.startswith("You are paused until Monday 23 November already, and that stays.")
    other = views.paused(NOW + timedelta(days=5), "UTC", now=NOW, name="Ana", already=True)
    assert other.text.startswith("Ana is paused until Monday 23 November already, and that stays.")


@given(name=st.text(min_size=1, max_size=300))
def test_what_is_said_about_a_pause_fits_whatever_people_are_called(name: str) -> None:
    for message in (views.paused(NOW, "UTC", now=NOW, name=name), views.ended(name), views.not_paused(name)):
        assert check_blocks([block.to_dict() for block in message.blocks]) == []
        assert check_view(views.window(message).to_dict()) == []

"""The moments that the clock of the page offers, and what it refuses."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from playground.clock import MovableClock
from playground.page.time_control import CannotTravel, TimeControl, moments

LISBON = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("now", "morning", "friday", "quarter"),
    [
        ("2026-11-18T10:00", "2026-11-19T09:00", "2026-11-20T16:00", "2026-12-31T16:00"),
        ("2026-11-20T15:59", "2026-11-23T09:00", "2026-11-20T16:00", "2026-12-31T16:00"),
        ("2026-11-20T16:00", "2026-11-23T09:00", "2026-11-27T16:00", "2026-12-31T16:00"),
        ("2026-11-21T12:00", "2026-11-23T09:00", "2026-11-27T16:00", "2026-12-31T16:00"),
        ("2026-12-31T15:00", "2027-01-01T09:00", "2027-01-01T16:00", "2026-12-31T16:00"),
        ("2026-12-31T16:30", "2027-01-01T09:00", "2027-01-01T16:00", "2027-03-31T16:00"),
        ("2027-01-29T16:30", "2027-02-01T09:00", "2027-02-05T16:00", "2027-03-31T16:00"),
        ("2026-05-30T16:30", "2026-06-01T09:00", "2026-06-05T16:00", "2026-06-30T16:00"),
        ("2028-09-30T11:00", "2028-10-02T09:00", "2028-10-06T16:00", "2028-12-29T16:00"),
    ],
)
def test_next_morning_next_friday_and_the_end_of_the_quarter(
    now: str, morning: str, friday: str, quarter: str
) -> None:
    offered = moments(datetime.fromisoformat(now).replace(tzinfo=LISBON), LISBON)
    assert [one.at.replace(tzinfo=None).isoformat("T", "minutes") for one in offered] == [
        morning,
        friday,
        quarter,
    ]


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (timedelta(0), "That is past."),
        (timedelta(days=-1), "That is past."),
        (timedelta(days=401), "more than a year away"),
    ],
)
async def test_time_goes_forward_and_not_too_far(ahead: timedelta, sentence: str) -> None:
    time_control = control()
    with pytest.raises(CannotTravel, match=sentence):
        await time_control.go(time_control.clock.now() + ahead)


async def test_one_journey_at_a_time() -> None:
    async def meanwhile(_until: datetime) -> None:
        with pytest.raises(CannotTravel, match="on its way already"):
            await time_control.go(time_control.clock.now() + timedelta(days=2))
        shown = time_control.shown("Europe/Lisbon")
        assert round(shown["heading"] - shown["left"]) == timedelta(days=1).total_seconds()

    time_control = TimeControl(MovableClock(), meanwhile, lambda: None)
    await time_control.go(time_control.clock.now() + timedelta(days=1))
    assert time_control.shown("Europe/Lisbon")["heading"] is None


def control() -> TimeControl:
    async def travel(_until: datetime) -> None: ...

    return TimeControl(MovableClock(wall=lambda: 1_795_000_000.0), travel, lambda: None)


async def test_the_clock_runs_on_from_where_it_was_put_and_never_goes_back() -> None:
    wall = [1_000.0]
    clock = MovableClock(5_000.0, wall=lambda: wall[0])
    wall[0] += 10
    assert clock() == 5_010.0
    clock.put(6_000.0)
    clock.put(5_500.0)
    await clock.pass_time(7.0)
    wall[0] += 1
    assert clock() == 6_008.0
    assert clock.now() == datetime.fromtimestamp(6_008.0, UTC)

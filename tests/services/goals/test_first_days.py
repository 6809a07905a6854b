"""A goal begins on the day it was set: its progress, its pace, and the days that a number is held."""

from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.models.goals import Confidence, GoalState, Measure, NewKeyResult, Update
from bot.services import goals, goals_export, people
from tests.conftest import NOW
from tests.services.goals.builders import AFTER, DAY, TICKETS, set_goal

UPTIME = NewKeyResult("Uptime", Measure.HOLD, start=99.9, target=99.9, unit="%", tolerance=0.05)
LEFT = (date(2026, 12, 31) - NOW.date()).days + 1  # days of the quarter, with the day it was set


async def test_a_goal_set_a_minute_ago_stands_at_nothing_and_is_not_behind(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana, key_results=(UPTIME, TICKETS))
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert (reading.summary.progress, reading.pace_hint) == (0, None)
    assert reading.summary.begins_on == NOW.date()
    assert reading.history.items[0].progress == 0


async def test_a_number_to_hold_gains_a_share_each_day_and_all_of_it_at_the_end(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    """The list, the page and HR's file say the same on every day."""
    await people.grant_hr(session, ben, now=NOW)
    goal_id = await set_goal(session, ana, key_results=(UPTIME,))
    for days in (0, 1, 10, LEFT - 1, LEFT, LEFT + 9):
        now, expected = NOW + days * DAY, pytest.approx(min(1, days / LEFT))
        reading = await goals.read(session, ana, goal_id, now=now)
        assert reading.summary.progress == expected
        assert list(reading.scores.values()) == [expected]
        assert (await goals.mine(session, ana, now=now)).goals[0].progress == expected
        team = await goals.team(session, ben, now=now)
        assert team is not None and team.members[0].goals[0].progress == expected
        row = (await goals_export.export(session, ben, period=None, now=now)).rows[0]
        assert float(str(row[14])) == pytest.approx(min(1, days / LEFT), abs=1e-4)


async def test_days_on_which_a_number_did_not_hold_are_lost_and_an_event_tells_the_progress_of_its_day(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana, key_results=(UPTIME,))
    (uptime,) = (await goals.read(session, ana, goal_id, now=NOW)).key_results
    for seen, (days, value) in enumerate(((10, 98.0), (15, 99.9)), start=1):
        await goals.update(
            session, ana, Update(goal_id, seen, values={uptime.id: value}), now=NOW + days * DAY
        )
    await goals.report_no_change(session, ana, goal_id, seen=3, now=NOW + 20 * DAY)
    reading = await goals.read(session, ana, goal_id, now=NOW + 20 * DAY)
    assert reading.summary.progress == pytest.approx(15 / LEFT)
    told = [one.progress for one in reading.history.items]
    assert told == pytest.approx([15 / LEFT, 10 / LEFT, 10 / LEFT, 0])


async def test_a_goal_that_has_ended_gains_nothing_more(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana, key_results=(UPTIME,))
    await goals.close(
        session,
        ana,
        goal_id,
        seen=1,
        outcome=GoalState.CARRIED_OVER,
        score=0.2,
        sentence="On with it",
        now=NOW + 10 * DAY,
    )
    reading = await goals.read(session, ana, goal_id, now=AFTER)
    assert reading.summary.progress == pytest.approx(10 / LEFT)
    assert list(reading.scores.values()) == [pytest.approx(10 / LEFT)]
    assert reading.closing is not None and reading.closing.carried_to_id is not None
    successor = await goals.read(session, ana, reading.closing.carried_to_id, now=AFTER)
    assert successor.summary.begins_on == date(2027, 1, 1)
    assert successor.summary.progress == pytest.approx(3 / 90)  # on the fourth of January


async def test_a_number_to_hold_that_is_added_later_has_its_own_time(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana)
    later = NOW + 20 * DAY
    await goals.add_key_result(session, ana, goal_id, UPTIME, seen=1, now=later)
    assert (await goals.read(session, ana, goal_id, now=later)).summary.progress == 0
    half = later + (LEFT - 20) / 2 * DAY
    assert (await goals.read(session, ana, goal_id, now=half)).summary.progress == pytest.approx(0.5)


async def test_pace_counts_from_the_day_a_goal_was_set(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana, key_results=(TICKETS,))
    for days, hint in ((5, None), (10, Confidence.AT_RISK), (20, Confidence.OFF_TRACK)):
        reading = await goals.read(session, ana, goal_id, now=NOW + days * DAY)
        assert reading.pace_hint == hint

"""What changes after planning moves the row, takes it back or brings it back, and makes no second."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Beat, Department, Notification, NotificationState, PersonKind
from bot.services import nudges, people, rhythms
from tests.conftest import NOW, PersonBuilder
from tests.services.nudges.builders import (
    DAY,
    HOUR,
    MONDAY,
    PACKS,
    THURSDAY,
    WEEK,
    assert_inside,
    choose,
    local_time,
    only,
    outcome,
    plan,
    rows,
)

pytestmark = pytest.mark.every_combination  # planning is SQL


async def test_a_new_zone_moves_the_row_and_makes_no_second(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    ana.timezone = "America/New_York"
    assert (await plan(session)).changed == 1
    row = await only(session)
    assert row.timezone == "America/New_York"
    assert_inside(row, MONDAY + 4 * DAY, 16)


async def test_whoever_flies_past_their_hour_is_still_asked(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", timezone="America/New_York")
    now = datetime(2026, 11, 20, 15, tzinfo=UTC)
    await plan(session, now - HOUR)
    ana.timezone = "Asia/Tokyo"  # where Friday is over
    await plan(session, now)
    row = await only(session)
    assert (row.state, row.due_at < now) == ("planned", True)
    assert_inside(row, MONDAY + 4 * DAY, 16)


async def test_a_new_rhythm_moves_the_row(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    await plan(session)
    await choose(session, ana, Beat(4, 9 * 60, 1))
    await plan(session)
    assert_inside(await only(session), MONDAY + 4 * DAY, 9)


async def test_a_rhythm_whose_moment_has_passed_is_not_caught_up_with_but_can_be_undone(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    before = await only(session)
    await choose(session, ana, Beat(1, 9 * 60, 1), THURSDAY)
    await plan(session)
    assert await outcome(session) == ("skipped", "too_late")
    assert await plan(session) == nudges.Planned()
    await choose(session, ana, Beat(4, 16 * 60, 1), THURSDAY)
    await plan(session)
    assert await only(session) == before


async def test_a_rhythm_that_leaves_this_week_out_takes_the_row_back(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    off = MONDAY.toordinal() // 7 % 2 == 1
    assert off, "the week of this test is one of those a rhythm of two weeks leaves out"
    await choose(session, ana, Beat(4, 16 * 60, 2))
    await plan(session)
    assert await outcome(session) == ("skipped", "off_week")
    await plan(session, THURSDAY + WEEK)
    assert [(row.key[-10:], row.state) for row in await rows(session)] == [
        ("2026-11-16", "skipped"),
        ("2026-11-23", "planned"),
    ]


async def test_a_department_has_its_own_hour_and_the_nearest_one_counts(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    hr = await a_person("Hana")
    await people.grant_hr(session, hr, now=NOW)
    sales = Department(name="Sales", path="Sales")
    session.add(sales)
    await session.flush()
    emea = Department(name="EMEA", path="Sales / EMEA", parent_id=sales.id)
    session.add(emea)
    await session.flush()
    ana = await a_person("Ana", department_id=emea.id)
    friday: dict[str, Any] = {"weekday": 4, "every_weeks": 1, "now": NOW}
    await rhythms.choose(session, hr, department_id=sales.id, minute=10 * 60, **friday)
    await plan(session)
    hours = {row.person_id: local_time(row).hour for row in await rows(session)}
    assert hours == {hr.id: 16, ana.id: 10}
    await rhythms.choose(session, hr, department_id=emea.id, minute=11 * 60, **friday)
    await plan(session)
    hours = {row.person_id: local_time(row).hour for row in await rows(session)}
    assert hours == {hr.id: 16, ana.id: 11}
    ana.department_id = None
    await plan(session)
    assert {local_time(row).hour for row in await rows(session)} == {16}


async def test_whoever_leaves_keeps_nothing_planned_and_gets_it_back_on_return(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    ana.deactivated_at = THURSDAY
    await plan(session)
    every = await rows(session, nudges.NUDGE.name, nudges.WELCOME.name)
    assert {(row.state, row.reason) for row in every} == {("skipped", "inactive")}
    ana.deactivated_at = None
    await plan(session)
    assert {row.state for row in await rows(session, nudges.NUDGE.name, nudges.WELCOME.name)} == {"planned"}


async def test_guests_apps_and_people_not_in_slack_are_never_planned_for(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Guest", kind=PersonKind.GUEST)
    await a_person("App", kind=PersonKind.BOT)
    await a_person("Soon", slack_user_id=None)
    ana = await a_person("Ana")
    await plan(session)
    assert {row.person_id for row in await rows(session, nudges.NUDGE.name, nudges.WELCOME.name)} == {ana.id}


async def test_one_person_is_planned_anew_at_once(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana, ben = await a_person("Ana"), await a_person("Ben")
    await plan(session)
    for person in (ana, ben):
        await choose(session, person, Beat(4, 9 * 60, 1))
    await nudges.replan(session, ana, now=THURSDAY, packs=PACKS)
    assert {row.person_id: local_time(row).hour for row in await rows(session)} == {ana.id: 9, ben.id: 16}


async def test_what_was_tried_or_put_off_is_left_alone(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    snoozed = THURSDAY + 30 * HOUR
    await session.execute(update(Notification).values(attempts=1, due_at=snoozed))
    ana.timezone = "Asia/Tokyo"
    assert await plan(session) == nudges.Planned()
    assert (await only(session)).due_at == snoozed


async def test_a_row_the_courier_holds_or_has_sent_is_left_alone(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    for state in (
        NotificationState.SENDING,
        NotificationState.UNKNOWN,
        NotificationState.SENT,
        NotificationState.FAILED,
    ):
        await session.execute(update(Notification).values(state=state))
        ana.timezone = {"Asia/Tokyo": "Asia/Seoul"}.get(ana.timezone or "", "Asia/Tokyo")
        assert await plan(session) == nudges.Planned()

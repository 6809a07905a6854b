"""The reminder, the digest and the welcome: each at its own hour."""

from datetime import UTC, date, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Beat, Workspace
from bot.services import nudges, people
from tests.conftest import NOW, PersonBuilder
from tests.services.nudges.builders import (
    DAY,
    HOUR,
    MONDAY,
    SATURDAY,
    WEEK,
    assert_inside,
    choose,
    only,
    plan,
    rows,
)


async def test_the_reminder_comes_the_next_working_morning(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, NOW)
    assert await rows(session, nudges.REMINDER.name) == []
    await plan(session, SATURDAY)
    row = await only(session, nudges.REMINDER.name)
    assert_inside(row, MONDAY + WEEK, 9)
    assert row.subject == {"week": "2026-11-16"}
    assert row.key.endswith(":2026-11-16")


async def test_no_reminder_where_the_week_closes_before_the_next_working_morning(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", country="DE", timezone="Europe/Berlin")
    await choose(session, ana, Beat(3, 16 * 60, 1))
    easter = datetime(2026, 4, 2, 9, tzinfo=UTC)  # a Thursday; Friday and Monday are holidays
    await session.execute(update(Workspace).values(checkins_started_at=easter - WEEK))
    for ahead in range(7):
        await plan(session, easter + ahead * DAY)
    weeks = [
        (row.kind, row.key[-10:]) for row in await rows(session, nudges.NUDGE.name, nudges.REMINDER.name)
    ]
    assert (nudges.NUDGE.name, "2026-03-30") in weeks
    assert (nudges.REMINDER.name, "2026-03-30") not in weeks


async def test_managers_get_their_digest_on_monday_morning_and_others_do_not(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    await plan(session, NOW)
    await plan(session, SATURDAY)
    row = await only(session, nudges.DIGEST.name)
    assert row.person_id == ben.id
    assert_inside(row, MONDAY + WEEK, 9)
    assert row.key == f"checkins.digest:{ben.id}:2026-11-23"


async def test_a_new_manager_takes_the_digest_over(session: AsyncSession, a_person: PersonBuilder) -> None:
    ben, cem = await a_person("Ben"), await a_person("Cem")
    ana = await a_person("Ana", manager=ben)
    await plan(session, NOW)
    await plan(session, SATURDAY)
    await people.set_manager(session, ana, cem, now=SATURDAY)
    await plan(session, SATURDAY)
    outcomes = {row.person_id: (row.state, row.reason) for row in await rows(session, nudges.DIGEST.name)}
    assert outcomes == {ben.id: ("skipped", "no_reports"), cem.id: ("planned", None)}
    await people.set_manager(session, ana, ben, now=SATURDAY)
    await plan(session, SATURDAY)
    outcomes = {row.person_id: (row.state, row.reason) for row in await rows(session, nudges.DIGEST.name)}
    assert outcomes == {ben.id: ("planned", None), cem.id: ("skipped", "no_reports")}


async def test_a_digest_after_a_holiday_comes_on_the_next_working_day(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben", country="DE", timezone="Europe/Berlin")
    await a_person("Ana", manager=ben)
    easter_sunday = datetime(2026, 4, 5, 9, tzinfo=UTC)
    await session.execute(update(Workspace).values(checkins_started_at=easter_sunday - WEEK))
    await plan(session, easter_sunday)
    row = await only(session, nudges.DIGEST.name)
    assert_inside(row, date(2026, 4, 7), 9)
    assert row.key.endswith(":2026-04-06")


async def test_the_welcome_comes_once_at_the_next_open_hour(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session, NOW + 5 * HOUR)  # Wednesday evening
    row = await only(session, nudges.WELCOME.name)
    assert_inside(row, MONDAY + 3 * DAY, 9)
    assert row.expires_at is None
    ana.timezone = "Asia/Tokyo"
    for ahead in range(1, 100, 7):
        await plan(session, NOW + ahead * HOUR)
    assert await only(session, nudges.WELCOME.name) == row


async def test_a_welcome_on_a_saturday_waits_for_monday(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, SATURDAY)
    assert_inside(await only(session, nudges.WELCOME.name), MONDAY + WEEK, 9)

"""Holidays and weekends move a nudge within its week, or skip it and say so."""

from datetime import UTC, date, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Beat, Workspace
from tests.conftest import NOW, PersonBuilder
from tests.services.nudges.builders import (
    DAY,
    MONDAY,
    SATURDAY,
    WEEK,
    assert_inside,
    choose,
    only,
    outcome,
    plan,
    rows,
)


async def test_a_public_holiday_moves_the_nudge_to_the_next_working_day_of_the_week(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", country="US", timezone="America/New_York")
    await choose(session, ana, Beat(3, 10 * 60, 1))
    await plan(session, NOW)
    await plan(session, NOW + WEEK)  # Thanksgiving on Thursday
    days = [row.local_date for row in await rows(session)]
    assert days == [date(2026, 11, 19), date(2026, 11, 27)]


async def test_a_week_that_ends_in_a_holiday_is_skipped_and_says_so(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    christmas = datetime(2026, 12, 24, 12, tzinfo=UTC)  # 25 December is a Friday
    await session.execute(update(Workspace).values(checkins_started_at=NOW))
    ana = await a_person("Ana", country="DE", timezone="Europe/Berlin")
    await plan(session, christmas)
    assert await outcome(session) == ("skipped", "holiday")
    ana.country = "JP"
    await plan(session, christmas)
    assert await outcome(session) == ("planned", None)
    ana.country = "DE"
    await plan(session, christmas)
    assert await outcome(session) == ("skipped", "holiday")


async def test_without_zone_or_country_one_is_asked_in_utc_on_a_weekday(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana", timezone=None, country=None)
    await a_person("Ben", timezone="Mars/Olympus", country="XX")
    await plan(session)
    planned = await rows(session)
    assert [row.timezone for row in planned] == ["UTC", "UTC"]
    for row in planned:
        assert_inside(row, MONDAY + 4 * DAY, 16)


async def test_sunday_is_a_working_day_where_friday_is_none(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana", country="IL", timezone="Asia/Jerusalem")
    await plan(session, NOW)
    await plan(session, SATURDAY)
    assert_inside(await only(session), MONDAY + 6 * DAY, 16)

"""The start of the weekly check-in, and what was missed while nobody planned."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.capabilities import house
from bot.errors import NotAllowed
from bot.services import nudges, people
from tests.conftest import NOW, PersonBuilder
from tests.services.nudges.builders import (
    DAY,
    HOUR,
    MONDAY,
    SATURDAY,
    THURSDAY,
    WEEK,
    a_crowd,
    assert_inside,
    only,
    plan,
    rows,
)

FRIDAY_BEFORE = datetime(2026, 11, 13, 18, tzinfo=UTC)


async def test_a_small_company_starts_by_itself(session: AsyncSession, a_person: PersonBuilder) -> None:
    assert await plan(session) == nudges.Planned()
    assert await nudges.started_at(session) is None, "nobody is there yet"
    await a_person("Ana")
    await plan(session)
    assert await nudges.started_at(session) == THURSDAY


async def test_a_large_company_waits_for_hr_who_sees_how_long_it_takes(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_crowd(session, 200)
    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    assert await plan(session) == nudges.Planned()
    first = await nudges.first_round(session)
    assert (first.people, first.slowest) == (201, timedelta(seconds=201))
    assert await nudges.start(session, hana, now=NOW)
    assert not await nudges.start(session, hana, now=NOW)
    assert (await plan(session)).new == 402


async def test_only_hr_or_the_operator_starts_it(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    with pytest.raises(NotAllowed, match="HR"):
        await nudges.start(session, ana, now=NOW)
    assert await nudges.start(session, None, now=NOW)


async def test_starting_does_not_reach_back(session: AsyncSession, a_person: PersonBuilder) -> None:
    """Neither Friday's nudge, nor Monday's reminder of it, nor a digest of the week nobody was asked about."""
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    for ahead in range(4):
        await plan(session, SATURDAY + ahead * DAY)
    assert {row.kind for row in await rows(session, *house().kinds)} == {nudges.WELCOME.name}


async def test_the_week_after_the_start_is_asked_reminded_and_summed_up(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    for ahead in range(11):
        await plan(session, SATURDAY + ahead * DAY)
    assert_inside(await only(session, nudges.DIGEST.name), MONDAY + 2 * WEEK, 9)
    weeks = {row.key[-10:] for row in await rows(session, nudges.NUDGE.name, nudges.REMINDER.name)}
    assert weeks == {str(MONDAY + WEEK)}


async def test_what_fell_due_while_nobody_planned_is_planned_afterwards(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, FRIDAY_BEFORE)
    await plan(session, SATURDAY)  # a week later
    row = await only(session)
    assert_inside(row, MONDAY + 4 * DAY, 16)
    assert row.state == "planned"


async def test_after_a_long_silence_closed_weeks_stay_closed(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await plan(session, FRIDAY_BEFORE - 5 * WEEK)
    await plan(session, THURSDAY)
    weeks = [row.key[-10:] for row in await rows(session)]
    assert weeks[-1] == "2026-11-16"
    assert len(weeks) <= 2


async def test_clocks_that_jump_ahead_and_back_ask_nobody_twice(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    for now in (NOW, THURSDAY + 3 * WEEK, THURSDAY, NOW - WEEK, THURSDAY + HOUR):
        await plan(session, now)
    weeks = [row.key[-10:] for row in await rows(session)]
    assert sorted(weeks) == sorted(set(weeks))
    assert "2026-11-16" in weeks
    assert {row.state for row in await rows(session)} == {"planned"}

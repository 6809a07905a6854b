"""Planning: who is asked when, and once, however often one plans."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import Database, insert_rows
from bot.models import Beat, Person, Rhythm, Workspace
from bot.services import nudges, rhythms
from bot.services.nudges import slots
from bot.services.nudges.slots import Where
from tests.conftest import HOME, NOW, OTHER, PersonBuilder
from tests.services.nudges.builders import DAY, HOUR, MONDAY, THURSDAY, assert_inside, plan, rows

pytestmark = pytest.mark.every_combination  # planning is SQL


async def test_everybody_is_asked_on_friday_afternoon_where_they_are(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    zones = ["Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Lisbon", "America/New_York", "Pacific/Honolulu"]
    for number, zone in enumerate(zones):
        await a_person(f"Person{number}", timezone=zone)
    for ahead in range(0, 72, 6):
        await plan(session, NOW + ahead * HOUR)
    asked = await rows(session)
    assert [row.timezone for row in sorted(asked, key=lambda row: row.due_at)] == zones
    for row in asked:
        assert_inside(row, MONDAY + 4 * DAY, 16)
        assert row.subject == {"week": "2026-11-16"}
        assert row.key == f"checkins.nudge:{row.person_id}:2026-11-16"
        assert row.expires_at == clock.closes_at(MONDAY, row.timezone)


async def test_planning_again_adds_and_changes_nothing(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    assert (await plan(session)).new == 4  # two nudges, two welcomes
    assert await plan(session) == nudges.Planned()
    assert await plan(session, THURSDAY + HOUR) == nudges.Planned()


async def test_the_database_spreads_as_the_calendar_says(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await insert_rows(
        session,
        Person,
        [
            {"name": f"P{n}", "slack_user_id": f"U{n}", "kind": "member", "title_from_csv": False}
            | {"timezone": ("Asia/Tokyo", "Europe/Lisbon", None)[n % 3], "country": ("DE", None)[n % 2]}
            for n in range(300)
        ],
    )
    await session.execute(update(Workspace).values(checkins_started_at=NOW))
    for ahead in range(0, 120, 12):
        await plan(session, NOW + ahead * HOUR)
    persons = {person.id: person for person in await session.scalars(select(Person))}
    asked = await rows(session, nudges.NUDGE.name, nudges.REMINDER.name)
    assert len(asked) == 600
    for row in asked:
        person = persons[row.person_id]
        where = Where(person.timezone or "", person.country or "")
        expected = {
            slot.key(person.id): slot.due_at(person.id)
            for slot in slots.asked(where, rhythms.DEFAULT.beat, NOW, NOW + 5 * DAY)
        }
        assert row.due_at == expected[row.key]


async def test_when_and_how_often_one_plans_does_not_matter(database: Database) -> None:
    zones = ["Pacific/Kiritimati", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Nowhere/Land"]
    beats = [Beat(0, 540, 1), Beat(2, 600, 2), Beat(4, 1020, 1), Beat(6, 480, 4), Beat(3, 1079, 1)]

    async def planned(workspace: str, moments: Sequence[datetime]) -> set[tuple[object, ...]]:
        async with database.work(workspace) as session:
            await session.execute(update(Workspace).values(checkins_started_at=moments[0]))
            for number, (zone, beat) in enumerate(zip(zones, beats, strict=True)):
                person = Person(name=str(number), slack_user_id=str(number), timezone=zone)
                session.add(person)
                await session.flush()
                await insert_rows(
                    session,
                    Rhythm,
                    [{"person_id": person.id, "chosen_at": NOW, "chosen_by_id": person.id, **beat._asdict()}],
                )
            for moment in moments:
                await plan(session, moment)
            names = dict((await session.execute(select(Person.id, Person.name))).all())
            kinds = (nudges.NUDGE.name, nudges.REMINDER.name)
            return {
                (names[row.person_id], row.kind, row.key.rpartition(":")[2], row.local_date, row.state)
                for row in await rows(session, *kinds)
            }

    steady = [NOW + n * timedelta(minutes=160) for n in range(8 * 9 + 1)]  # eight days
    rare = [NOW, NOW + 5 * HOUR, NOW + 3 * DAY, NOW + 3 * DAY, NOW + 6.5 * DAY, steady[-1]]
    often, seldom = await planned(HOME, steady), await planned(OTHER, rare)
    assert often == seldom
    assert len(often) >= 8

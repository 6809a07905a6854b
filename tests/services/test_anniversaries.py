"""Work anniversaries, on both databases: once per person and year, to the manager of the day, and not if unwanted."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.anniversaries import shipped_conversation
from bot.db import Database, insert_rows
from bot.errors import NotAllowed, NotFound
from bot.models import (
    Kudos,
    KudosEntry,
    KudosEvent,
    KudosReceiver,
    Notification,
    Person,
    PersonKind,
    Workspace,
)
from bot.services import anniversaries, people
from tests.conftest import HOME, NOW, PersonBuilder, StatementCount

DAY = date(2026, 12, 2)  # two weeks after NOW, a Wednesday
BEGAN = date(2023, 12, 2)


@pytest.fixture(autouse=True)
async def started(database: Database) -> None:
    async with database.work(HOME) as session:
        (await session.get_one(Workspace, HOME)).checkins_started_at = NOW - timedelta(days=30)


@pytest.fixture
async def mia(a_person: PersonBuilder) -> Person:
    return await a_person("Mia")


@pytest.fixture
async def ana(a_person: PersonBuilder, mia: Person) -> Person:
    return await a_person("Ana", manager=mia, start_date=BEGAN)


async def planned(session: AsyncSession) -> list[tuple[int, str]]:
    rows = await session.execute(select(Notification.person_id, Notification.key).order_by(Notification.id))
    return [(person_id, key) for person_id, key in rows]


async def test_the_manager_is_told_two_weeks_before_and_once(
    session: AsyncSession, ana: Person, mia: Person
) -> None:
    assert await anniversaries.plan(session, now=NOW) == 1
    assert await anniversaries.plan(session, now=NOW + timedelta(hours=5)) == 0
    (row,) = (await session.scalars(select(Notification))).all()
    assert (row.person_id, row.key) == (mia.id, f"anniversaries.coming:{ana.id}:2026")
    assert row.subject == {"person": ana.id, "day": "2026-12-02"}
    assert row.expires_at == datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


async def test_it_comes_at_nine_of_a_working_day_where_the_manager_is(
    session: AsyncSession, ana: Person, mia: Person
) -> None:
    mia.timezone = "Asia/Tokyo"
    ana.start_date = date(2020, 12, 6)  # two weeks before is a Sunday
    await session.flush()
    await anniversaries.plan(session, now=datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    (row,) = (await session.scalars(select(Notification))).all()
    monday_at_nine = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert monday_at_nine <= row.due_at < monday_at_nine + timedelta(minutes=30)


async def test_after_a_standstill_it_is_still_told_while_it_is_of_use(
    session: AsyncSession, ana: Person
) -> None:
    assert await anniversaries.plan(session, now=datetime(2026, 11, 30, 10, 0, tzinfo=UTC)) == 1


async def test_on_the_day_itself_it_is_too_late(session: AsyncSession, ana: Person) -> None:
    assert await anniversaries.plan(session, now=datetime(2026, 12, 2, 10, 0, tzinfo=UTC)) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"start_date": None},
        {"start_date": date(2026, 12, 2)},
        {"start_date": date(2023, 12, 20)},
        {"kind": PersonKind.GUEST},
        {"deactivated_at": NOW},
        {"manager_id": None},
    ],
    ids=["no date", "joins that day", "weeks later", "guest", "leaver", "no manager"],
)
async def test_of_nobody_else_is_anything_said(
    session: AsyncSession, ana: Person, change: dict[str, object]
) -> None:
    for name, value in change.items():
        setattr(ana, name, value)
    await session.flush()
    assert await anniversaries.plan(session, now=NOW) == 0


async def test_a_manager_out_of_reach_is_told_nothing(
    session: AsyncSession, ana: Person, mia: Person
) -> None:
    mia.slack_user_id = None
    await session.flush()
    assert await anniversaries.plan(session, now=NOW) == 0


async def test_before_the_check_in_has_started_nothing_is_said(session: AsyncSession, ana: Person) -> None:
    (await session.get_one(Workspace, HOME)).checkins_started_at = None
    await session.flush()
    assert await anniversaries.plan(session, now=NOW) == 0


async def test_who_began_on_the_29th_of_february_has_their_day_on_the_28th(
    session: AsyncSession, ana: Person
) -> None:
    ana.start_date = date(2024, 2, 29)
    await session.flush()
    assert await anniversaries.plan(session, now=datetime(2027, 2, 14, 12, 0, tzinfo=UTC)) == 1
    assert (await planned(session))[0][1].endswith(":2027")
    ana.start_date = date(2020, 2, 29)
    await anniversaries.plan(session, now=datetime(2028, 2, 14, 12, 0, tzinfo=UTC))
    row = (await session.scalars(select(Notification).where(Notification.key.endswith(":2028")))).one()
    assert row.subject["day"] == "2028-02-29"


async def test_around_new_year_the_year_is_that_of_the_day(session: AsyncSession, ana: Person) -> None:
    ana.start_date = date(2024, 1, 4)
    await session.flush()
    await anniversaries.plan(session, now=datetime(2026, 12, 22, 12, 0, tzinfo=UTC))
    await anniversaries.plan(session, now=datetime(2027, 1, 1, 12, 0, tzinfo=UTC))
    assert [key for _, key in await planned(session)] == [f"anniversaries.coming:{ana.id}:2027"]


async def test_said_once_no_it_stays_no(session: AsyncSession, ana: Person, mia: Person) -> None:
    await anniversaries.plan(session, now=NOW)
    await anniversaries.choose(session, ana, person=ana, mentioned=False, now=NOW)
    (row,) = (await session.scalars(select(Notification))).all()
    assert (row.state, row.reason) == ("skipped", "not_visible")
    assert await anniversaries.plan(session, now=NOW + timedelta(days=365)) == 0
    with pytest.raises(NotFound):
        await anniversaries.coming(session, mia, ana.id, DAY)
    await anniversaries.choose(session, ana, person=ana, mentioned=True, now=NOW)
    assert await anniversaries.plan(session, now=NOW + timedelta(days=365)) == 1


async def test_a_choice_pressed_twice_at_once_is_one_choice(database: Database) -> None:
    async with database.work(HOME) as session:
        session.add(Person(slack_user_id="UANA", name="Ana", timezone="UTC"))

    async def press() -> None:
        async with database.work(HOME) as session:
            ana = await people.by_slack_id(session, "UANA")
            await anniversaries.choose(session, ana, person=ana, mentioned=False, now=NOW)

    await asyncio.gather(press(), press(), press())
    async with database.read(HOME) as session:
        assert not await anniversaries.is_mentioned(session, await people.by_slack_id(session, "UANA"))


async def test_nobody_chooses_that_for_others(session: AsyncSession, ana: Person, mia: Person) -> None:
    with pytest.raises(NotAllowed):
        await anniversaries.choose(session, mia, person=ana, mentioned=False, now=NOW)


async def test_only_the_manager_of_today_reads_it(
    session: AsyncSession, ana: Person, mia: Person, a_person: PersonBuilder
) -> None:
    seen = await anniversaries.coming(session, mia, ana.id, DAY)
    assert (seen.years, seen.day, seen.thanked_at) == (3, DAY, None)
    new = await a_person("Noor")
    for viewer in (new, ana):
        with pytest.raises(NotFound):
            await anniversaries.coming(session, viewer, ana.id, DAY)
    ana.manager_id = new.id
    await session.flush()
    assert (await anniversaries.coming(session, new, ana.id, DAY)).years == 3
    with pytest.raises(NotFound):
        await anniversaries.coming(session, mia, ana.id, DAY)


async def test_the_last_thanks_are_those_everybody_could_read(
    session: AsyncSession, ana: Person, mia: Person, a_person: PersonBuilder
) -> None:
    pia = await a_person("Pia")
    for days, audience, public, taken_back in (
        (9, "company", True, False),
        (4, "company", True, True),
        (3, "company", False, False),
        (2, "receivers", False, False),
        (1, "channel", True, False),
    ):
        kudos = Kudos(giver_id=pia.id, text="…", audience=audience, given_at=NOW - timedelta(days=days))
        session.add(kudos)
        await session.flush()
        await insert_rows(
            session, KudosReceiver, [{"kudos_id": kudos.id, "person_id": ana.id, "in_public": public}]
        )
        if taken_back:
            session.add(KudosEntry(kudos_id=kudos.id, event=KudosEvent.UNDONE, by_id=pia.id, at=NOW))
    await session.flush()
    seen = await anniversaries.coming(session, mia, ana.id, DAY)
    assert (seen.thanked_at, seen.thanked_by) == (NOW - timedelta(days=9), "Pia")


async def test_a_large_company_costs_no_more_queries_than_a_small_one(
    session: AsyncSession, ana: Person, mia: Person, statements: Callable[[], StatementCount]
) -> None:
    with statements() as few:
        await anniversaries.plan(session, now=NOW)
    rows = [
        {"name": f"P{number}", "manager_id": mia.id, "start_date": BEGAN, "kind": PersonKind.MEMBER}
        for number in range(400)
    ]
    await insert_rows(session, Person, [{**row, "title_from_csv": False} for row in rows])
    with statements() as many:
        assert await anniversaries.plan(session, now=NOW) == 400
    assert many.total <= few.total


def test_the_shipped_words_are_ready_to_be_said() -> None:
    said = shipped_conversation()
    assert "Ana, 3 years with us" in said.greeting_for("Ana", "3 years")
    assert "{years} is my name" in said.greeting_for("{years} is my name", "3 years")
    assert 3 <= len(said.questions) <= 8

"""Who is who and who reports to whom, on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import Invalid, NotAllowed, NotFound
from bot.models import Department, HrGrant, Person, PersonKind, ReportingLine
from bot.services import people
from bot.services.people.circles import circles
from tests.conftest import HOME, NOW, PersonBuilder


async def history(session: AsyncSession, person: Person) -> list[tuple[int, object, object]]:
    lines = select(ReportingLine.manager_id, ReportingLine.since, ReportingLine.until)
    rows = await session.execute(lines.where(ReportingLine.person_id == person.id).order_by(ReportingLine.id))
    return [(manager_id, since, until) for manager_id, since, until in rows]


async def test_a_colleague_is_found_by_slack_id_email_and_id(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    assert await people.by_slack_id(session, "UANA") is ana
    assert await people.by_email(session, " Ana@Example.com ") is ana
    assert await people.by_id(session, ana.id) is ana
    with pytest.raises(NotFound):
        await people.by_id(session, ana.id + 1)
    with pytest.raises(NotFound):
        await people.by_email(session, "nobody@example.com")


async def test_an_unknown_person_reads_whom_to_ask(session: AsyncSession, a_person: PersonBuilder) -> None:
    with pytest.raises(NotFound, match="ask whoever installed Rapport"):
        await people.by_slack_id(session, "UNOBODY")
    for name in ("Ada Lovelace", "Bo", "Cy", "Dee"):
        await people.grant_hr(session, await a_person(name), now=NOW)
        if name == "Ada Lovelace":
            with pytest.raises(NotFound, match="ask your HR admin, Ada Lovelace, to add you"):
                await people.by_slack_id(session, "UNOBODY")
    with pytest.raises(NotFound, match="ask one of your HR admins, Ada Lovelace, Bo or Cy, to add you"):
        await people.by_slack_id(session, "UNOBODY")


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"kind": PersonKind.GUEST}, "a guest"),
        ({"kind": PersonKind.BOT}, "an app"),
        ({"deactivated_at": NOW}, "no longer active"),
    ],
)
async def test_guests_apps_and_leavers_are_refused_politely(
    session: AsyncSession, a_person: PersonBuilder, values: dict[str, object], word: str
) -> None:
    await a_person("Gus", **values)
    with pytest.raises(NotAllowed, match=f"here you are {word}.*please ask whoever installed Rapport"):
        await people.by_slack_id(session, "UGUS")


async def test_picked_outsiders_are_named_in_one_sentence_under_the_field(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana, ben = await a_person("Ana"), await a_person("Ben")
    await a_person("Gus", kind=PersonKind.GUEST)
    await a_person("Lee", deactivated_at=NOW)
    assert await people.refuse_outsiders(session, ["UBEN", "UANA", "UBEN"]) == [ben, ana]
    with pytest.raises(Invalid) as refusal:
        await people.refuse_outsiders(session, ["UANA", "UGUS", "ULEE", "UWHO"], field="who")
    assert refusal.value.field == "who"
    for words in ("Gus (a guest)", "Lee (no longer active)", "and somebody I do not know yet"):
        assert words in refusal.value.sentence
    assert "Ana" not in refusal.value.sentence


async def test_reports_are_active_direct_and_by_name(session: AsyncSession, a_person: PersonBuilder) -> None:
    ben = await a_person("Ben")
    cy, ana = await a_person("Cy", manager=ben), await a_person("Ana", manager=ben)
    await a_person("Dee", manager=ana)
    await a_person("Lee", manager=ben, deactivated_at=NOW)
    assert await people.reports_of(session, ben, limit=10) == [ana, cy]
    assert await people.reports_of(session, ben, limit=1) == [ana]


async def test_the_line_above_is_read_in_one_query_and_in_order(
    session: AsyncSession, a_person: PersonBuilder, statements: Any
) -> None:
    top = await a_person("Top")
    ben = await a_person("Ben", manager=top)
    ana = await a_person("Ana", manager=ben)
    with statements() as count:
        assert await people.line_above(session, ana) == [ben, top]
    assert count.total == 1
    assert await people.line_above(session, top) == []
    assert await people.stands_above(session, top, ana)
    assert not await people.stands_above(session, ben, ana)  # the direct manager is not above the manager
    assert not await people.stands_above(session, ana, ana)


async def test_a_circle_in_the_data_ends_no_query_in_an_endless_loop(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    ben = await a_person("Ben", manager=ana)
    ana.manager_id = ben.id
    await session.flush()
    assert await people.line_above(session, ana) == [ben]


async def test_a_line_longer_than_twenty_stops_at_twenty(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    boss = await a_person("Boss0")
    for level in range(1, 25):
        boss = await a_person(f"Boss{level}", manager=boss)
    assert len(await people.line_above(session, boss)) == 20


async def test_a_change_of_manager_keeps_who_it_was_before(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana, ben, cy = await a_person("Ana"), await a_person("Ben"), await a_person("Cy")
    later = NOW + timedelta(days=30)
    await people.set_manager(session, ana, ben, now=NOW)
    await people.set_manager(session, ana, ben, now=later)  # no change, no history
    await people.set_manager(session, ana, cy, now=later)
    assert ana.manager_id == cy.id
    assert await history(session, ana) == [(ben.id, NOW, later), (cy.id, later, None)]
    await people.set_manager(session, ana, None, now=later)
    assert not ana.manager_id
    assert await history(session, ana) == [(ben.id, NOW, later), (cy.id, later, later)]


async def test_circles_and_self_management_are_refused_with_the_chain_named(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    ben = await a_person("Ben", manager=ana)
    cy = await a_person("Cy", manager=ben)
    with pytest.raises(Invalid, match="Ana → Cy → Ben → Ana"):
        await people.set_manager(session, ana, cy, now=NOW)
    with pytest.raises(Invalid, match="Ana → Ben → Ana"):
        await people.set_manager(session, ana, ben, now=NOW)
    with pytest.raises(Invalid, match="Ana → Ana"):
        await people.set_manager(session, ana, ana, now=NOW)
    assert ana.manager_id is None
    assert await history(session, ana) == []


async def test_two_harmless_changes_at_once_close_no_circle(database: Database) -> None:
    async with database.work(HOME) as session:
        session.add_all([Person(name="Ana", slack_user_id="UANA"), Person(name="Ben", slack_user_id="UBEN")])
    loaded, changed = asyncio.Event(), asyncio.Event()

    async def put_ana_above_ben() -> None:
        async with database.work(HOME) as session:
            ana, ben = await people.by_slack_id(session, "UANA"), await people.by_slack_id(session, "UBEN")
            loaded.set()
            await changed.wait()
            await people.set_manager(session, ben, ana, now=NOW)

    late = None if database.is_sqlite else asyncio.create_task(put_ana_above_ben())
    if late:  # SQLite has a single writer: there, one comes after the other
        await loaded.wait()
    async with database.work(HOME) as session:
        ana, ben = await people.by_slack_id(session, "UANA"), await people.by_slack_id(session, "UBEN")
        await people.set_manager(session, ana, ben, now=NOW)
    changed.set()
    with pytest.raises(Invalid, match="Ben → Ana → Ben"):
        await (late or put_ana_above_ben())


@pytest.mark.parametrize(
    "values", [{"kind": PersonKind.GUEST}, {"kind": PersonKind.BOT}, {"deactivated_at": NOW}]
)
async def test_only_colleagues_can_be_managers(
    session: AsyncSession, a_person: PersonBuilder, values: dict[str, object]
) -> None:
    ana, gus = await a_person("Ana"), await a_person("Gus", **values)
    with pytest.raises(Invalid, match=r"Gus is .*, so nobody can report to them"):
        await people.set_manager(session, ana, gus, now=NOW)


async def test_the_hr_role_is_given_and_taken_as_rows(session: AsyncSession, a_person: PersonBuilder) -> None:
    ada = await a_person("Ada")
    assert not await people.is_hr(session, ada)
    assert await people.grant_hr(session, ada, now=NOW)
    assert not await people.grant_hr(session, ada, now=NOW)
    assert await people.is_hr(session, ada)
    assert await people.hr_admins(session) == [ada]
    assert await people.revoke_hr(session, ada, now=NOW)
    assert not await people.revoke_hr(session, ada, now=NOW)
    assert not await people.is_hr(session, ada)
    assert await people.grant_hr(session, ada, now=NOW)
    revoked = (await session.scalars(select(HrGrant.revoked_at).order_by(HrGrant.id))).all()
    assert revoked == [NOW, None]


async def test_a_leaver_keeps_no_hr_role_in_effect(session: AsyncSession, a_person: PersonBuilder) -> None:
    ada = await a_person("Ada")
    await people.grant_hr(session, ada, now=NOW)
    ada.deactivated_at = NOW
    await session.flush()
    assert not await people.is_hr(session, ada)
    assert await people.hr_admins(session) == []
    with pytest.raises(Invalid, match="only a colleague can be an HR admin"):
        await people.grant_hr(session, ada, now=NOW)


async def test_the_department_path_starts_at_home(
    session: AsyncSession, a_person: PersonBuilder, statements: Any
) -> None:
    engineering = Department(name="Engineering", path="Engineering")
    session.add(engineering)
    await session.flush()
    platform = Department(name="Platform", path="Engineering / Platform", parent_id=engineering.id)
    session.add(platform)
    await session.flush()
    ana = await a_person("Ana", department_id=platform.id)
    with statements() as count:
        assert await people.department_path(session, ana) == [platform, engineering]
    assert count.total == 1
    assert await people.department_path(session, await a_person("Ben")) == []


async def test_everybody_is_listed_with_names_instead_of_ids(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    await a_person("Ana", manager=ben)
    await people.grant_hr(session, ben, now=NOW)
    listing = await people.everybody(session, limit=1)
    assert (listing.total, [entry.manager for entry in listing.entries]) == (2, ["Ben"])
    assert [entry.is_hr for entry in (await people.everybody(session, limit=9)).entries] == [False, True]


def test_circles_are_found_once_each_however_they_are_entered() -> None:
    assert circles({1: 2, 2: 1, 3: 1, 4: 4, 5: None, 6: 5, 7: 99}) == [[1, 2, 1], [4, 4]]
    assert circles({1: 2, 2: 3, 3: 4, 4: None}) == []
    assert circles({9: 1, 1: 2, 2: 3, 3: 1}) == [[1, 2, 3, 1]]

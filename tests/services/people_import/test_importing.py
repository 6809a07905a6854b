"""A file becomes people, departments and lines; what changes is named, and twice changes nothing."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid
from bot.models import Department, Person, ReportingLine
from bot.services import directory, people, people_import
from bot.services.people_import import Difference, ImportPlan
from tests.conftest import NOW, PersonBuilder
from tests.services.people_import.builders import TEAM, bring, person

COMPANY = Path(__file__).parents[3] / "playground" / "company.csv"
LATER = NOW + timedelta(days=1)


def changes(plan: ImportPlan) -> dict[str, list[Difference]]:
    return {one.name: list(one.differences) for one in plan.changed}


async def test_a_file_becomes_people_departments_and_lines(session: AsyncSession) -> None:
    plan = await bring(session, TEAM)
    assert (len(plan.new), plan.managers_changed, plan.unchanged) == (2, 1, 0)
    ana, ben = await person(session, "ana@example.com"), await person(session, "ben@example.com")
    assert (ana.name, ana.title, ana.country, ana.timezone) == (
        "Ana Silva",
        "Engineer",
        "PT",
        "Europe/Lisbon",
    )
    assert (ana.start_date, ana.manager_id, ben.manager_id) == (date(2022, 9, 1), ben.id, None)
    assert [one.name for one in await people.department_path(session, ana)] == ["Platform", "Engineering"]
    lines = await session.execute(
        select(ReportingLine.person_id, ReportingLine.manager_id, ReportingLine.since)
    )
    assert list(lines) == [(ana.id, ben.id, NOW)]


async def test_planning_writes_nothing(session: AsyncSession) -> None:
    await people_import.plan(session, TEAM)
    assert (await session.scalars(select(Person))).all() == []
    assert (await session.scalars(select(Department))).all() == []


async def test_importing_twice_changes_nothing(session: AsyncSession) -> None:
    await bring(session, TEAM)
    again = await bring(session, TEAM, now=LATER)
    assert (again.new, again.changed, again.confirmed, again.unchanged) == ((), (), (), 2)
    assert (await session.scalars(select(ReportingLine.until))).all() == [None]


async def test_the_sample_company_imports_and_imports_again(session: AsyncSession) -> None:
    text = COMPANY.read_text("utf-8")
    plan = await bring(session, text)
    assert len(plan.new) == 40
    assert any("display_name" in note for note in plan.notes)
    assert (await bring(session, text)).unchanged == 40


async def test_the_difference_names_each_field_with_old_and_new(session: AsyncSession) -> None:
    await bring(session, TEAM)
    text = TEAM.replace(
        "Ana Silva,ben@example.com,Engineering / Platform", "Ana Costa,,Engineering / Product"
    )
    plan = await bring(session, text, now=LATER)
    assert changes(plan) == {
        "Ana Costa": [
            Difference("name", "Ana Silva", "Ana Costa"),
            Difference("department", "Engineering / Platform", "Engineering / Product"),
            Difference("manager", "Ben Okafor", None),
        ]
    }
    assert plan.new_departments == ("Engineering / Product",)
    ana = await person(session, "ana@example.com")
    assert (ana.name, ana.manager_id) == ("Ana Costa", None)
    assert (await session.scalars(select(ReportingLine.until))).all() == [LATER]


async def test_a_missing_column_leaves_its_field_alone_and_an_empty_cell_empties_it(
    session: AsyncSession,
) -> None:
    await bring(session, TEAM)
    assert (await bring(session, "email\nana@example.com\n")).unchanged == 1
    plan = await bring(session, "email,name,title,country,timezone\nana@example.com,,,,\n")
    ana = await person(session, "ana@example.com")
    assert (ana.title, ana.country) == (None, None)
    assert (ana.name, ana.timezone, ana.start_date) == ("Ana Silva", "Europe/Lisbon", date(2022, 9, 1))
    assert ana.manager_id is not None
    assert plan.absent == 1  # Ben stays


async def test_people_missing_from_the_file_stay(session: AsyncSession) -> None:
    await bring(session, TEAM)
    plan = await bring(session, "email,name\ncy@example.com,Cy\n")
    assert plan.absent == 2
    assert (await person(session, "ben@example.com")).is_active


async def test_slack_leads_for_name_and_address_the_csv_for_the_rest(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana", title="From Slack", country=None)
    plan = await bring(
        session, "slack_user_id,email,name,title,country\nuana,other@example.com,Somebody,Principal,pt\n"
    )
    ana = await person(session, "ana@example.com")
    assert (ana.name, ana.title, ana.title_from_csv, ana.country) == ("Ana", "Principal", True, "PT")
    assert plan.notes == ("Slack's e-mail address was kept where the file has another: line 2.",)


async def test_an_emptied_title_makes_room_for_slacks(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana", title="Engineer")
    assert (await bring(session, "email,title\nana@example.com,\n")).unchanged == 1
    await bring(session, "email,title\nana@example.com,Principal\n")
    await bring(session, "email,title\nana@example.com,\n")
    assert (ana.title, ana.title_from_csv) == (None, False)


async def test_the_same_old_zone_in_the_file_does_not_undo_a_move_that_slack_reported(
    session: AsyncSession,
) -> None:
    await bring(session, TEAM)
    account = {"id": "UANA", "tz": "Europe/Lisbon", "profile": {"email": "ana@example.com"}}
    for zone in ("Europe/Lisbon", "America/Lima"):
        heard = directory.members_from_slack([{**account, "tz": zone}])
        await directory.apply(session, heard, pass_on=(), now=NOW, complete=False)
    await bring(session, TEAM)
    assert (await person(session, "ana@example.com")).timezone == "America/Lima"
    await bring(session, TEAM.replace("Europe/Lisbon", "Asia/Tokyo"))
    assert (await person(session, "ana@example.com")).timezone == "Asia/Tokyo"


async def test_what_the_file_only_confirms_is_remembered_without_being_a_change(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana", title="Engineer")
    plan = await bring(session, "email,title\nana@example.com,Engineer\n")
    assert (plan.changed, plan.unchanged, ana.title_from_csv) == ((), 1, True)


async def test_a_slack_id_in_the_file_links_a_person_known_by_email(session: AsyncSession) -> None:
    await bring(session, TEAM)
    await bring(session, "slack_user_id,email\nUANA,ana@example.com\n")
    assert (await people.by_slack_id(session, "UANA")).name == "Ana Silva"


async def test_a_file_with_mistakes_is_never_half_applied(session: AsyncSession) -> None:
    plan = await people_import.plan(session, TEAM + "broken,Cy,,,,,,\n")
    assert len(plan.problems) == 1
    with pytest.raises(Invalid, match="nothing was imported"):
        await people_import.apply(session, plan, now=NOW)
    assert (await session.scalars(select(Person))).all() == []


def crowd(size: int, seed: int = 7) -> str:
    """A company in which everybody reports to somebody further up the file, in random order."""
    chance = random.Random(seed)  # noqa: S311 - a company, not a secret
    rows = [
        f"p{number}@example.com,Person {number},"
        + (f"p{chance.randrange(number)}@example.com" if number else "")
        + f",Division {number % 7} / Team {number % 50}\n"
        for number in range(size)
    ]
    chance.shuffle(rows)
    return "email,name,manager_email,department\n" + "".join(rows)


async def test_five_thousand_rows_import_in_a_bounded_number_of_statements(
    session: AsyncSession, statements: Callable[[], Any]
) -> None:
    with statements() as count:
        plan = await bring(session, crowd(5_000))
    assert (len(plan.new), plan.managers_changed) == (5_000, 4_999)
    assert count.total <= 40
    with statements() as count:
        assert (await bring(session, crowd(5_000))).unchanged == 5_000
    assert count.total <= 5
    with statements() as count:
        assert len((await bring(session, crowd(5_000, seed=8))).changed) > 4_000
    assert count.total <= 40
    managers = set(await session.execute(select(Person.id, Person.manager_id)))
    open_lines = select(ReportingLine.person_id, ReportingLine.manager_id)
    in_force = set(await session.execute(open_lines.where(ReportingLine.until.is_(None))))
    assert in_force == {(one, boss) for one, boss in managers if boss is not None}

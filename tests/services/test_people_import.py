"""A CSV becomes people: every mistake named at once, the difference shown, all of it applied or nothing."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid
from bot.models import Department, Person, PersonKind, ReportingLine
from bot.services import directory, people, people_import
from bot.services.people_import import Difference, ImportPlan
from bot.services.people_import.sheet import read_sheet
from tests.conftest import NOW, PersonBuilder

COMPANY = Path(__file__).parents[2] / "playground" / "company.csv"
LATER = NOW + timedelta(days=1)
TEAM = """email,name,manager_email,department,title,start_date,country,timezone
ana@example.com,Ana Silva,ben@example.com,Engineering / Platform,Engineer,2022-09-01,PT,Europe/Lisbon
ben@example.com,Ben Okafor,,Engineering,Lead,2020-06-15,DE,Europe/Berlin
"""


async def bring(session: AsyncSession, text: str, now: Any = NOW) -> ImportPlan:
    plan = await people_import.plan(session, text)
    assert plan.problems == ()
    await people_import.apply(session, plan, now=now)
    return plan


async def mistakes(session: AsyncSession, text: str) -> list[str]:
    return [str(problem) for problem in (await people_import.plan(session, text)).problems]


async def person(session: AsyncSession, email: str) -> Person:
    return await people.by_email(session, email)


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


# With Slack


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
        await directory.apply(session, heard, now=NOW, complete=False)
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


# How files look


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + TEAM,
        TEAM.replace("\n", "\r\n"),
        TEAM.replace(",", ";"),
        TEAM.replace(",", "\t"),
        TEAM.replace("email,name", "E-Mail,NAME", 1)
        .replace("E-Mail", "EMAIL")
        .replace("start_date", "Start  Date"),
        TEAM.replace("Ana Silva", '"Ana\nSilva"'),
        TEAM.replace("Ana Silva", "  Ana   Silva "),
        TEAM.replace("\n", "\n,,,,,,,\n\n"),
        TEAM.replace("Engineering / Platform", '"ENGINEERING /Platform"').replace(
            "Engineering,Lead", "ENGINEERING,Lead"
        ),
    ],
    ids=[
        "bom",
        "crlf",
        "semicolon",
        "tab",
        "header case",
        "line break",
        "spaces",
        "empty lines",
        "department",
    ],
)
async def test_spreadsheets_write_files_in_many_ways(session: AsyncSession, text: str) -> None:
    plan = await bring(session, text)
    assert [one.name for one in plan.new] == ["Ana Silva", "Ben Okafor"]
    ana = await person(session, "ana@example.com")
    path = [one.path.casefold() for one in await people.department_path(session, ana)]
    assert path == ["engineering / platform", "engineering"]


async def test_departments_are_found_whatever_the_case(session: AsyncSession) -> None:
    await bring(session, TEAM)
    plan = await bring(session, TEAM.replace("Engineering / Platform", "engineering / PLATFORM"))
    assert (plan.new_departments, plan.unchanged) == ((), 2)


async def test_a_slash_within_a_name_is_no_level(session: AsyncSession) -> None:
    await bring(session, TEAM.replace("Engineering / Platform", "R&D / AI/ML"))
    ana = await person(session, "ana@example.com")
    assert [one.name for one in await people.department_path(session, ana)] == ["AI/ML", "R&D"]


# Mistakes


async def test_every_mistake_is_named_by_line_and_column_at_once(session: AsyncSession) -> None:
    text = (
        "email,name,manager_email,start_date,country,timezone\n"
        "ana@example.com,Ana,nobody@example.com,01.09.2022,UK,Lisbon\n"
        '"ben@example.com","Ben\nOkafor",ana@example.com,2022-02-30,PT,Europe/Lisbon\n'
        "not-an-address,Cy,,,,\n"
        ",Dee,,,,\n"
        "eve@example.com,,,,,\n"
    )
    assert await mistakes(session, text) == [
        'line 2, start_date: "01.09.2022" is not a date. Write it as YYYY-MM-DD.',
        'line 2, country: "UK" is not a country code. Write two letters, such as DE or PT (the United Kingdom is GB).',
        'line 2, timezone: "Lisbon" is not a time zone. Write it as Europe/Berlin.',
        'line 2, manager_email: "nobody@example.com" is neither in this file nor in the directory.',
        'line 3, start_date: "2022-02-30" is not a date. Write it as YYYY-MM-DD.',
        'line 5, email: "not-an-address" is not an e-mail address.',
        "line 6: names nobody. Give a slack_user_id or an email.",
        "line 7, name: is empty or missing, and this person is new. Give a name.",
    ]


NO_HEADER = "line 1: needs a header with a column slack_user_id or email."
CELLS = "line 2: has 3 cells, the header has 2. Quote cells with a separator in them."
OPEN = "line 2: cannot be read from here on: a quote is opened and not closed, or closed too early."
SAME = "line 3: is the same person as line 2."
NOT_AN_ID = 'line 2, slack_user_id: "ana!" is not a Slack member id such as U012AB3CD.'
NOT_A_DATE = 'line 2, start_date: "20220901" is not a date. Write it as YYYY-MM-DD.'
ODD_YEAR = 'line 2, start_date: "0022-09-01" has a year nobody starts in.'
TOO_LONG = "line 2, name: is 201 characters long, 200 at most. Is a quote missing?"
EMPTY_PART = 'line 2, department: "Sales /" has an empty part. Write it as "Engineering / Platform".'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", NO_HEADER),
        ("name,title\nAna,Lead\n", NO_HEADER),
        ("email,email\na@b.c,a@b.c\n", "line 1: has the column email twice."),
        ("email,name\na@b.c,Silva, Ana\n", CELLS),
        ('email,name\na@b.c,"Ana\n', OPEN),
        ("email,name\na@b.c,Ana\nA@B.C,Ana\n", SAME),
        ("email,name,slack_user_id\na@b.c,Ana,U1\nb@b.c,Ben,U1\n", SAME),
        ("slack_user_id,name\nana!,Ana\n", NOT_AN_ID),
        ("email,name,start_date\na@b.c,Ana,20220901\n", NOT_A_DATE),
        ("email,name,start_date\na@b.c,Ana,0022-09-01\n", ODD_YEAR),
        (f"email,name\na@b.c,{'x' * 201}\n", TOO_LONG),
        ("email,name,department\na@b.c,Ana,Sales / \n", EMPTY_PART),
    ],
)
async def test_each_mistake_has_its_sentence(session: AsyncSession, text: str, sentence: str) -> None:
    assert await mistakes(session, text) == [sentence]


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        (["ana,ana"], ["line 2, manager_email: Ana → Ana: nobody can be their own manager."]),
        (["ana,ben", "ben,ana"], ["line 2, manager_email: closes a circle: Ana → Ben → Ana."]),
        (
            ["dee,cy", "ben,cy", "cy,ana", "ana,ben", "eve,fay", "fay,eve"],
            [
                "line 3, manager_email: closes a circle: Ben → Cy → Ana → Ben.",
                "line 6, manager_email: closes a circle: Eve → Fay → Eve.",
            ],
        ),
    ],
)
async def test_circles_in_the_file_are_refused_with_the_chain_named(
    session: AsyncSession, lines: list[str], sentences: list[str]
) -> None:
    rows = [line.split(",") for line in lines]
    body = "".join(f"{one}@example.com,{one.title()},{boss}@example.com\n" for one, boss in rows)
    assert await mistakes(session, "email,name,manager_email\n" + body) == sentences


async def test_a_circle_through_people_outside_the_file_is_found_too(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    ben = await a_person("Ben", manager=ana)
    await a_person("Cy", manager=ben)
    found = await mistakes(session, "email,manager_email\nana@example.com,cy@example.com\n")
    assert found == ["line 2, manager_email: closes a circle: Ana → Cy → Ben → Ana."]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"deactivated_at": NOW}, "no longer active"),
        ({"kind": PersonKind.GUEST}, "a guest"),
        ({"kind": PersonKind.BOT}, "an app"),
    ],
)
async def test_only_colleagues_can_be_managers(
    session: AsyncSession, a_person: PersonBuilder, values: dict[str, object], word: str
) -> None:
    await a_person("Gus", **values)
    found = await mistakes(session, "email,name,manager_email\nana@example.com,Ana,gus@example.com\n")
    assert found == [
        f"line 2, manager_email: Gus is {word}, so nobody can report to them. Name another manager."
    ]


async def test_rows_that_contradict_the_directory_are_refused(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await a_person("Ben")
    header = "slack_user_id,email\n"
    found = await mistakes(session, header + "UANA,ben@example.com\n")
    assert found == ["line 2, email: belongs to Ben, but the slack_user_id to Ana."]
    found = await mistakes(session, header + "UNEW,ana@example.com\n")
    assert found == ["line 2, slack_user_id: differs from the one Ana has, UANA."]


async def test_a_file_with_mistakes_is_never_half_applied(session: AsyncSession) -> None:
    plan = await people_import.plan(session, TEAM + "broken,Cy,,,,,,\n")
    assert len(plan.problems) == 1
    with pytest.raises(Invalid, match="nothing was imported"):
        await people_import.apply(session, plan, now=NOW)
    assert (await session.scalars(select(Person))).all() == []


# Many


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


@given(st.text(alphabet=st.sampled_from('email,name;\n\r"\t\x00 / @U1é'), max_size=60))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    sheet = read_sheet("email,name,department\n" + text)
    for row in sheet.rows:
        assert row.email is None or "@" in row.email
        assert row.name is None or "\x00" not in row.name

"""How files look: separators, encodings, cases; no text is too odd to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import people
from bot.services.people_import.sheet import read_sheet
from tests.services.people_import.builders import TEAM, bring, person


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


@given(st.text(alphabet=st.sampled_from('email,name;\n\r"\t\x00 / @U1é'), max_size=60))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    sheet = read_sheet("email,name,department\n" + text)
    for row in sheet.rows:
        assert row.email is None or "@" in row.email
        assert row.name is None or "\x00" not in row.name

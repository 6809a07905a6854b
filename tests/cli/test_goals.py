"""`rapport goals` as an operator types it."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed
from bot.models import Goal, KeyResult
from bot.models.goals import Confidence, Update
from bot.services import goals, people
from tests.cli.conftest import Rapport, in_database
from tests.conftest import NOW

PEOPLE = """email,name,manager_email
hana@example.com,Hana Costa,
ana@example.com,Ana Silva,hana@example.com
"""
SHEET = """owner_email,level,title,key_result,start,target,unit,parent_title,colour
hana@example.com,company,Grow in Portugal,Churn,"4,5",3,%,,blue
hana@example.com,company,Grow in Portugal,Customers,1200,2k,,,
ana@example.com,,Learn Portuguese,B1 certificate,,,,Grow in Portugal,
"""


@pytest.fixture
def company(rapport: Rapport, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, "utf-8")
    rapport("people", "import", file)
    rapport("hr", "grant", "hana@example.com")


@pytest.fixture
def sheet(company: None, tmp_path: Path) -> Path:
    file = tmp_path / "goals.csv"
    file.write_text(SHEET, "utf-8")
    return file


async def all_titles(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(Goal.title).order_by(Goal.title)))


def titles(url: str) -> list[str]:
    return asyncio.run(in_database(url, all_titles))


def test_a_dry_run_shows_what_is_new_and_writes_nothing(rapport: Rapport, sheet: Path, url: str) -> None:
    result = rapport("goals", "import", sheet, "--dry-run")
    assert result.stdout == (
        "new: Grow in Portugal (Hana Costa, company, Q4 2026)\n"
        "    Churn: 4.5\u00a0% → 3\u00a0%\n"
        "    Customers: 1\u202f200 → 2\u202f000\n"
        "new: Learn Portuguese (Ana Silva, person, Q4 2026, under Grow in Portugal)\n"
        "    B1 certificate: done or not\n"
        "2 new, 0 there already.\n"
        "Nothing was written; without --dry-run it will be.\n"
    )
    assert result.stderr == "Ignored columns: colour.\n"
    assert titles(url) == []


def test_an_import_can_be_repeated_and_adds_nothing_twice(rapport: Rapport, sheet: Path, url: str) -> None:
    assert rapport("goals", "import", sheet).stdout == "2 new, 0 there already.\nImported.\n"
    assert rapport("goals", "import", sheet).stdout == "0 new, 2 there already.\nImported.\n"
    assert titles(url) == ["Grow in Portugal", "Learn Portuguese"]


def test_with_one_mistake_nothing_is_imported(rapport: Rapport, sheet: Path, url: str) -> None:
    sheet.write_text(SHEET + "ana@example.com,,Sell more,Customers,1.500,2.500,,,\n", "utf-8")
    result = rapport("goals", "import", sheet)
    assert result.exit_code == 1
    assert 'line 5, start: "1.500": This can be read as two different numbers. Write 1500' in result.stderr
    assert result.stderr.endswith("Nothing was imported.\n")
    assert titles(url) == []


def test_a_spreadsheet_is_imported_as_it_looks(
    rapport: Rapport, company: None, tmp_path: Path, url: str
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["owner_email", "title", "key_result", "start", "target", "unit"])
    sheet.append(["ana@example.com", "Churn less", "Churn", 0.045, 0.03, "%"])
    for place in ("D2", "E2"):
        sheet[place].number_format = "0.0%"
    file = tmp_path / "goals.xlsx"
    book.save(file)
    assert "Churn: 4.5\u00a0% → 3\u00a0%" in rapport("goals", "import", file, "--dry-run").stdout


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_an_export_can_be_imported_again(
    rapport: Rapport, sheet: Path, tmp_path: Path, url: str, name: str
) -> None:
    rapport("goals", "import", sheet)
    assert rapport("goals", "export", tmp_path / name).stdout.startswith("2 goals written to ")
    assert "0 new, 2 there already." in rapport("goals", "import", tmp_path / name, "--dry-run").stdout


def test_an_export_says_how_goals_stand(rapport: Rapport, sheet: Path, tmp_path: Path, url: str) -> None:
    rapport("goals", "import", sheet)
    asyncio.run(in_database(url, gain_customers))
    file = tmp_path / "all.xlsx"
    rapport("goals", "export", file)
    rows = list(load_workbook(BytesIO(file.read_bytes())).worksheets[0].iter_rows(values_only=True))
    customers = dict(zip(rows[0], rows[3], strict=True))
    assert (customers["key_result"], customers["current"], customers["confidence"]) == (
        "Customers",
        1600,
        "at_risk",
    )
    assert (customers["progress"], customers["state"]) == (0.25, "agreed")


async def gain_customers(session: AsyncSession) -> None:
    hana = await people.by_email(session, "hana@example.com")
    result = (await session.scalars(select(KeyResult).where(KeyResult.title == "Customers"))).one()
    said = Update(result.goal_id, seen=1, confidence=Confidence.AT_RISK, values={result.id: 1600})
    await goals.update(session, hana, said, now=NOW)


def test_an_export_of_another_period_has_nothing_of_this_one(
    rapport: Rapport, sheet: Path, tmp_path: Path
) -> None:
    rapport("goals", "import", sheet)
    told = rapport("goals", "export", tmp_path / "all.csv", "--period", "Q1 2027").stdout
    assert told.startswith("0 goals written")


def test_it_is_done_as_an_hr_admin(rapport: Rapport, sheet: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="Only HR"):
        rapport("goals", "import", sheet, "--as", "ana@example.com")
    with pytest.raises(NotAllowed, match="Only HR"):
        rapport("goals", "export", tmp_path / "all.csv", "--as", "ana@example.com")
    rapport("hr", "grant", "ana@example.com")
    with pytest.raises(Invalid, match="--as EMAIL"):
        rapport("goals", "import", sheet)
    assert "2 new" in rapport("goals", "import", sheet, "--as", "ana@example.com").stdout


def test_without_an_hr_admin_it_says_how_to_name_one(rapport: Rapport, sheet: Path) -> None:
    rapport("hr", "revoke", "hana@example.com")
    with pytest.raises(Invalid, match="rapport hr grant EMAIL"):
        rapport("goals", "import", sheet)


def test_a_file_of_another_kind_is_refused(rapport: Rapport, company: None, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"\.csv or \.xlsx"):
        rapport("goals", "export", tmp_path / "all.pdf")
    picture = tmp_path / "goals.xlsx"
    picture.write_bytes(b"no spreadsheet")
    assert "this is no XLSX" in rapport("goals", "import", picture).stderr


def test_coverage_counts_and_names_nobody(rapport: Rapport, sheet: Path) -> None:
    rapport("goals", "import", sheet)
    assert rapport("goals", "coverage").stdout == (
        "Q4 2026: 2 goals, 2 people.\n"
        "0 people without a goal.\n"
        "0 goals without an update for 30 days.\n"
        "100\u00a0% of the goals below the company's serve another one, or none on purpose.\n"
    )
    assert "2 people without a goal" in rapport("goals", "coverage", "--period", "Q1 2027").stdout
    with pytest.raises(NotAllowed, match="Only HR"):
        rapport("goals", "coverage", "--as", "ana@example.com")

"""`rapport people` and `rapport hr` as an operator types them."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import BotError
from bot.models import Person
from tests.cli.conftest import Rapport, in_database

COMPANY = Path(__file__).parents[2] / "playground" / "company.csv"
TEAM = """email,name,manager_email,shoe_size
ana@example.com,Ana Silva,ben@example.com,38
ben@example.com,Ben Okafor,,44
"""


async def everybody(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(Person.name).order_by(Person.name)))


def names(url: str) -> list[str]:
    return asyncio.run(in_database(url, everybody))


@pytest.fixture
def team(tmp_path: Path) -> Path:
    file = tmp_path / "team.csv"
    file.write_text(TEAM, "utf-8")
    return file


def test_a_dry_run_shows_the_difference_and_writes_nothing(rapport: Rapport, team: Path, url: str) -> None:
    result = rapport("people", "import", team, "--dry-run")
    assert result.exit_code == 0
    assert "new: Ana Silva\n    email: ana@example.com\n    manager: Ben Okafor\n" in result.stdout
    assert "2 new, 0 changed, 0 unchanged. 1 get a manager, or another one." in result.stdout
    assert "Nothing was written" in result.stdout
    assert result.stderr == "Ignored columns: shoe_size.\n"
    assert names(url) == []


def test_an_import_says_what_it_did_and_the_next_dry_run_what_would_change(
    rapport: Rapport, team: Path
) -> None:
    assert "2 new" in rapport("people", "import", team).stdout
    team.write_text("email,title,manager_email\nana@example.com,Lead,\n", "utf-8")
    shown = rapport("people", "import", team, "--dry-run").stdout
    assert "changed: Ana Silva\n    title: (none) → Lead\n    manager: Ben Okafor → (none)\n" in shown
    assert "0 new, 1 changed, 0 unchanged." in shown
    assert "1 in the directory are not in the file; they stay." in shown


def test_mistakes_are_listed_and_nothing_is_imported(rapport: Rapport, team: Path, url: str) -> None:
    team.write_text(TEAM + "broken,Cy,,\n" * 60, "utf-8")
    result = rapport("people", "import", team)
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines[1] == 'line 4, email: "broken" is not an e-mail address.'
    assert lines[-2:] == ["… and 10 more.", "Nothing was imported."]
    assert len([line for line in lines if line.startswith("line ")]) == 50
    assert names(url) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_come_in_the_encodings_of_spreadsheets(
    rapport: Rapport, team: Path, url: str, encoding: str
) -> None:
    team.write_text("email,name\nzoe@example.com,Zoë Weiß\n", encoding)
    assert rapport("people", "import", team).exit_code == 0
    assert names(url) == ["Zoë Weiß"]


def test_a_file_in_an_old_encoding_is_refused_with_the_remedy(rapport: Rapport, team: Path) -> None:
    team.write_text("email,name\nzoe@example.com,Zoë\n", "cp1252")
    with pytest.raises(BotError, match=r'team\.csv is not UTF-8 text.*save it as "CSV UTF-8"'):
        rapport("people", "import", team)


def test_a_file_that_is_not_there_is_a_usage_error(rapport: Rapport, tmp_path: Path) -> None:
    assert rapport("people", "import", tmp_path / "nothing.csv").exit_code == 2


def test_the_list_is_bounded_and_says_how_many_more(rapport: Rapport) -> None:
    rapport("people", "import", COMPANY)
    result = rapport("people", "list", "--limit", 3)
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["NAME", "Amara", "Ana", "Arjun"]
    assert result.stderr == "… and 37 more: use --limit.\n"


def test_the_list_as_json_is_for_programs(rapport: Rapport, team: Path) -> None:
    rapport("people", "import", team)
    ana, ben = json.loads(rapport("people", "list", "--json").stdout)
    assert (ana["name"], ana["manager_email"], ana["state"]) == (
        "Ana Silva",
        "ben@example.com",
        "a colleague",
    )
    assert ben["manager"] is None


def test_an_empty_list_says_what_to_do_next(rapport: Rapport) -> None:
    result = rapport("people", "list")
    assert result.stdout == ""
    assert "import a CSV" in result.stderr
    assert json.loads(rapport("people", "list", "--json").stdout) == []


def test_the_hr_role_is_granted_and_revoked(rapport: Rapport, team: Path) -> None:
    rapport("people", "import", team)
    assert rapport("hr", "grant", "ANA@example.com").stdout == "Ana Silva is an HR admin now.\n"
    assert rapport("hr", "grant", "ana@example.com").stdout == "Ana Silva is an HR admin already.\n"
    assert "a colleague, HR admin" in rapport("people", "list").stdout
    rapport("hr", "grant", "ben@example.com")
    one_left = rapport("hr", "revoke", "ana@example.com")
    assert (one_left.stdout, one_left.stderr) == ("Ana Silva is no HR admin any more.\n", "")
    assert rapport("hr", "revoke", "ana@example.com").stdout == "Ana Silva was no HR admin.\n"


def test_leaving_no_hr_admin_is_not_done_silently(rapport: Rapport, team: Path) -> None:
    rapport("people", "import", team)
    rapport("hr", "grant", "ana@example.com")
    last = rapport("hr", "revoke", "ana@example.com")
    assert last.exit_code == 0
    assert "Nobody is an HR admin now. To name one, run: rapport hr grant EMAIL" in last.stderr


def test_somebody_unknown_is_one_sentence(rapport: Rapport) -> None:
    with pytest.raises(BotError, match="Nobody in the directory has that e-mail address"):
        rapport("hr", "grant", "nobody@example.com")

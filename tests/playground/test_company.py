"""The sample company is one that a demo can live in: people of every kind, with a manager above them."""

import csv
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import playground

COMPANY = Path(playground.__file__).with_name("company.csv")
Row = dict[str, str]


@pytest.fixture(scope="module")
def people() -> dict[str, Row]:
    """By e-mail; the one bot, like every bot in Slack, has none."""
    with COMPANY.open(encoding="utf-8", newline="") as lines:
        return {row["email"]: row for row in csv.DictReader(lines)}


def test_there_are_about_forty_people_of_every_kind(people: dict[str, Row]) -> None:
    kinds = Counter(row["kind"] for row in people.values())
    assert 38 <= len(people) <= 45
    assert (kinds["guest"], kinds["bot"], kinds["deactivated"]) == (1, 1, 1)
    assert len({row["slack_user_id"] for row in people.values()}) == len(people)


def test_they_live_in_five_real_zones(people: dict[str, Row]) -> None:
    assert len({ZoneInfo(row["timezone"]).key for row in people.values()}) == 5


def test_three_departments_form_a_small_tree(people: dict[str, Row]) -> None:
    paths = {row["department"] for row in people.values()} - {""}
    assert {path.partition(" / ")[0] for path in paths} == {"Engineering", "Sales", "Support"}
    assert {"Engineering / Platform", "Engineering / Product"} <= paths


def test_ana_reports_to_ben_who_reports_to_a_head(people: dict[str, Row]) -> None:
    assert [row["name"] for row in chain(people, "Ana Silva")] == [
        "Ana Silva",
        "Ben Okafor",
        "Chiara Moretti",
    ]


def test_every_manager_is_a_colleague_at_most_two_levels_up(people: dict[str, Row]) -> None:
    for row in people.values():
        line = chain(people, row["name"])
        assert len(line) <= 3
        assert {manager["kind"] for manager in line[1:]} <= {"member"}


def chain(people: dict[str, Row], name: str) -> list[Row]:
    line = [next(row for row in people.values() if row["name"] == name)]
    while boss := line[-1]["manager_email"]:
        line.append(people[boss])
    return line

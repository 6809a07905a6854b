"""No page that HR opens in the sample company is empty, nor one that the people of README's tour open."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from playground import past
from playground.demo import Demo
from tests.playground.visits import Visitor

TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HR = ("Nadia Rahman", "Olu Adeyemi")
HR_PAGES = {
    "Absence signs",
    "Announce an award",
    "Awards",
    "Check-in settings",
    "Department rhythms",
    "Goal coverage",
    "Goal periods",
    "How awards spread",
    "List of awards",
    "Monthly look back",
    "New goal",
    "Recognition",
    "Values",
}
TOUR = ("Ana Silva", "Ben Okafor")
SAYS_EMPTY = re.compile(r"(?:Nobody|Nothing|None|No|You have \w+ (?:nobody|nothing|no))\b.*")

Pages = Mapping[str, str]
"""The way to each page, and all that is readable there."""


class WithoutPast(Demo):
    """The sample company on the day it begins with Rapport."""

    def _story(self, since: datetime, until: datetime) -> Sequence[past.Happening]:
        return ()


@pytest.fixture(scope="module")
def empty_lines(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What pages say where there is nothing to show, read where nothing has happened."""
    demo = WithoutPast(tmp_path_factory.mktemp("bare"), port=0, today=TODAY, weeks=0)
    bare = asyncio.run(visit(demo, *HR))
    return {line for pages in bare.values() for _, line in lines(pages) if SAYS_EMPTY.match(line)}


async def visit(demo: Demo, *names: str) -> Mapping[str, Pages]:
    async with demo.running():
        return {name: await Visitor(demo, name).pages() for name in names}


def lines(pages: Pages) -> list[tuple[str, str]]:
    return [(way, line.strip()) for way, text in pages.items() for line in text.splitlines()]


async def test_no_page_is_empty_and_every_page_of_hr_is_visited(
    tmp_path: Path, empty_lines: set[str]
) -> None:
    visited = await visit(Demo(tmp_path, port=0, today=TODAY), *HR, *TOUR)
    empty = [
        (name, way, line)
        for name, pages in visited.items()
        for way, line in lines(pages)
        if line in empty_lines
    ]
    assert empty == []
    for name in HR:
        assert {text.splitlines()[0] for text in visited[name].values()} >= HR_PAGES


def test_a_company_without_a_past_would_be_found_empty(empty_lines: set[str]) -> None:
    """The check can fail."""
    for word in ("thanked", "award", "nominat", "goal", "questions"):
        assert any(re.search(word, line) for line in empty_lines), word

"""Thousands of goals cost no more statements than a few, and what is shown stays a page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.db import Database, insert_rows
from bot.models import Goal, Person
from bot.models.goals import Coverage, GoalKind, GoalState, Level, TeamGoals, Tree, Visibility
from bot.services import goals, people
from bot.services.goals.alignment import Node, walk
from tests.conftest import HOME, NOW, OTHER, StatementCount

LATER = NOW + timedelta(days=40)  # every goal is old enough to be looked at for silence
QUARTER: dict[str, Any] = {"period": "Q4 2026", "starts_on": NOW.date(), "ends_on": NOW.date()}


def row(owner_id: int, number: int, parent_id: int | None, level: Level = Level.PERSON) -> dict[str, Any]:
    return QUARTER | {
        "level": level,
        "owner_id": owner_id,
        "title": f"Goal {number}",
        "kind": GoalKind.COMMITTED,
        "visibility": Visibility.LIMITED if number % 10 == 3 else Visibility.OPEN,
        "parent_id": parent_id,
        "is_local": False,
        "set_by_id": owner_id,
        "set_at": NOW,
        "state": GoalState.AGREED,
        "state_by_id": owner_id,
        "state_since": NOW,
        "begins_on": QUARTER["starts_on"],
        "scored_on": QUARTER["starts_on"],
        "progress": 0.5,
        "touched_at": NOW,
        "version": 1,
        "proposed_version": 1,
    }


async def fill(database: Database, workspace_id: str, goals_in_all: int) -> Person:
    """A manager (in HR too) with 15 reports who own that many goals, ten under each, below one of the company."""
    async with database.work(workspace_id) as session:
        manager = Person(name="Ben", slack_user_id="UBEN", timezone="UTC")
        session.add(manager)
        await session.flush()
        await people.grant_hr(session, manager, now=NOW)
        reports = [Person(name=f"P{number:02}", manager_id=manager.id) for number in range(15)]
        session.add_all(reports)
        await session.flush()
        made = await insert_rows(session, Goal, [row(manager.id, 0, None, Level.COMPANY)])
        while len(made) < goals_in_all:
            wanted = range(len(made), min(len(made) * 10 + 1, goals_in_all))
            made += await insert_rows(
                session,
                Goal,
                [row(reports[one % 15].id, one, made[(one - 1) // 10]) for one in wanted],
            )
    return manager


async def look(database: Database, workspace_id: str, manager: Person) -> tuple[Tree, TeamGoals, Coverage]:
    """Two pages of the tree, all that goes into Home, and HR's counts."""
    async with database.read(workspace_id) as session:
        tree = await goals.tree(session, manager, now=LATER, period="Q4 2026")
        await goals.tree(session, manager, page=2, now=LATER, period="Q4 2026")
        team = await goals.team(session, manager, now=LATER)
        await goals.mine(session, manager, now=LATER)
        await goals.top(session, manager, now=LATER)
        await goals.waiting(session, manager, now=LATER)
        coverage = await goals.coverage(session, manager, now=LATER, period="Q4 2026")
    assert team is not None
    return tree, team, coverage


async def test_a_tree_of_5000_goals_and_a_manager_s_home_cost_what_those_of_40_cost(
    database: Database, statements: Callable[[], StatementCount]
) -> None:
    few, many = await fill(database, HOME, 40), await fill(database, OTHER, 5_000)
    with statements() as for_few:
        await look(database, HOME, few)
    with statements() as for_many:
        tree, team, coverage = await look(database, OTHER, many)
    assert for_many.total == for_few.total <= 40, "\n".join(for_many.statements)
    assert (tree.total, tree.pages, len(tree.entries), tree.entries[0].below) == (5_000, 200, 25, 4_999)
    assert [len(member.goals) for member in team.members] == [3] * 15
    assert (team.open, coverage.goals, coverage.not_updated) == (2_000, 5_000, 5_000)


BRANCHES = st.lists(st.integers(-1, 40), min_size=1, max_size=40)


@given(BRANCHES)
def test_every_goal_stands_in_the_tree_once_and_after_its_parent(parents: list[int]) -> None:
    """Any forest: each goal hangs under an earlier one, under one that is not there, or under none."""
    nodes = [
        Node(number, parent if parent < number else 99, rank=number % 4)
        for number, parent in enumerate(parents)
    ]
    walked = walk(nodes)
    order = [node.goal_id for node in walked]
    assert sorted(order) == list(range(len(parents)))
    for node in walked:
        if node.depth:
            assert node.parent_id is not None
            assert order.index(node.parent_id) < order.index(node.goal_id)
        branch = walk([Node(one.goal_id, one.parent_id, one.rank) for one in nodes], under=node.goal_id)
        assert len(branch) == node.below + 1


def test_a_circle_in_the_data_does_not_become_an_endless_walk() -> None:
    assert walk([Node(1, 2, 0), Node(2, 1, 0)]) == []
    assert {node.goal_id for node in walk([Node(1, 2, 0), Node(2, 1, 0)], under=1)} == {1, 2}

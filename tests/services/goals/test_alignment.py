"""The tree of goals: parents, orphans, circles, and what is no parent."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import Invalid
from bot.models import Person
from bot.models.goals import GoalState, Level
from bot.services import goals
from tests.conftest import HOME, NOW, OTHER
from tests.services.goals.builders import close, set_goal

# Aligning


async def test_a_goal_hangs_under_its_parent_in_the_tree(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    company = await set_goal(session, hana, "Grow", level=Level.COMPANY)
    team = await set_goal(session, ben, "Sell", level=Level.TEAM, parent_id=company)
    own = await set_goal(session, ana, "Call", parent_id=team)
    loose = await set_goal(session, ana, "Learn")
    tree = await goals.tree(session, ana, now=NOW)
    assert [(one.goal.goal_id, one.depth, one.below) for one in tree.entries] == [
        (company, 0, 2),
        (team, 1, 1),
        (own, 2, 0),
        (loose, 0, 0),
    ]
    branch = await goals.tree(session, ana, under=team, now=NOW)
    assert [one.goal.goal_id for one in branch.entries] == [team, own]
    assert [goal.goal_id for goal in branch.under] == [company, team]
    top = await goals.top(session, ana, now=NOW)
    assert [one.goal_id for one in top] == [company]


async def test_links_that_would_close_a_circle_are_refused(session: AsyncSession, ana: Person) -> None:
    top = await set_goal(session, ana, "Top")
    middle = await set_goal(session, ana, "Middle", parent_id=top)
    bottom = await set_goal(session, ana, "Bottom", parent_id=middle)
    for parent_id in (bottom, middle, top):
        with pytest.raises(Invalid, match="circle"):
            await goals.align(session, ana, top, parent_id=parent_id, now=NOW)
    offered = await goals.parents_on_offer(session, ana, goal_id=middle, now=NOW)
    assert [goal.goal_id for goal in offered] == [top]


async def test_a_goal_cannot_hang_under_a_narrower_one(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    own = await set_goal(session, ana)
    with pytest.raises(Invalid) as refused:
        await set_goal(session, ben, level=Level.TEAM, parent_id=own)
    assert refused.value.field == "parent"


async def test_parents_are_found_by_their_words_whatever_is_typed(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    found = await set_goal(session, ben, "Grow by 10%")
    await set_goal(session, ben, "Grow by 100")
    offered = await goals.parents_on_offer(session, ana, words="BY 10%", now=NOW)
    assert [goal.goal_id for goal in offered] == [found]


# Alignment over time


async def test_a_parent_closed_meanwhile_is_refused(session: AsyncSession, ana: Person, ben: Person) -> None:
    parent = await set_goal(session, ben)
    await close(session, ben, parent)
    with pytest.raises(Invalid, match="closed meanwhile") as refused:
        await set_goal(session, ana, parent_id=parent)
    assert refused.value.field == "parent"


async def test_orphans_are_offered_the_successor_or_the_next_goal_above(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    company = await set_goal(session, hana, "Grow", level=Level.COMPANY)
    carried = await set_goal(session, ben, "Sell", parent_id=company)
    dropped = await set_goal(session, ben, "Win", parent_id=company)
    first = await set_goal(session, ana, "Call", parent_id=carried)
    second = await set_goal(session, ana, "Write", parent_id=dropped)
    heir = await close(session, ben, carried, outcome=GoalState.CARRIED_OVER)
    await close(session, ben, dropped, outcome=GoalState.DROPPED)
    found = (await goals.waiting(session, ana, now=NOW)).orphans
    offered = {
        one.goal.goal_id: (one.parent and one.parent.title, one.suggested and one.suggested.goal_id)
        for one in found
    }
    assert offered == {first: ("Sell", heir), second: ("Win", company)}
    await goals.align(session, ana, first, parent_id=heir, now=NOW)
    await goals.align(session, ana, second, parent_id=None, is_local=True, now=NOW)
    assert (await goals.waiting(session, ana, now=NOW)).orphans == ()


async def test_a_parent_in_another_workspace_reads_like_none(database: Database) -> None:
    async with database.work(OTHER) as session:
        session.add(ola := Person(slack_user_id="UOLA", name="Ola"))
        await session.flush()
        foreign = await set_goal(session, ola)
    async with database.work(HOME) as session:
        session.add(ana := Person(slack_user_id="UANA", name="Ana"))
        await session.flush()
        with pytest.raises(Invalid) as refused:
            await set_goal(session, ana, parent_id=foreign)
    assert refused.value.field == "parent"

"""Who sees a goal and its history."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Person
from bot.models.goals import Deed, Update, Visibility
from bot.services import goals
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import HOUR, close, set_goal

# Who sees it


async def test_a_limited_goal_reads_like_a_missing_one_to_others(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person, hana: Person
) -> None:
    pia, cem = await a_person("Pia"), await a_person("Cem")
    goal_id = await set_goal(session, ana, visibility=Visibility.LIMITED, co_owner_ids=(cem.id,))
    with pytest.raises(NotFound) as hidden:
        await goals.read(session, pia, goal_id, now=NOW)
    with pytest.raises(NotFound) as missing:
        await goals.read(session, pia, 999_999, now=NOW)
    assert hidden.value.sentence == missing.value.sentence
    for reader in (ana, ben, cem, hana):
        assert (await goals.read(session, reader, goal_id, now=NOW)).readers == ("Ana", "Cem", "Ben", "HR")
    assert (await goals.tree(session, pia, now=NOW)).total == 0
    assert (await goals.tree(session, hana, now=NOW)).total == 1


# HR


async def test_history_turns_pages_and_a_chart_reads_it_forwards(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    for step in range(30):
        change = Update(goal_id, step + 1, progress=step / 30)
        await goals.update(session, ana, change, now=NOW + step * HOUR)
    first = await goals.history(session, ana, goal_id)
    second = await goals.history(session, ana, goal_id, after=first.after)
    assert (len(first.items), len(second.items), second.after) == (20, 11, None)
    assert second.items[-1].deed == Deed.PROPOSED
    course = await goals.course(session, ana, goal_id)
    assert [moment.progress for moment in course[1:]] == [step / 30 for step in range(30)]


async def test_a_page_after_the_last_shows_the_last(session: AsyncSession, ana: Person, ben: Person) -> None:
    goal_ids = [await set_goal(session, ana, f"Goal {number}") for number in range(16)]
    assert len((await goals.mine(session, ana, page=2, now=NOW)).goals) == 1
    await close(session, ana, goal_ids[0])
    mine = await goals.mine(session, ana, page=2, now=NOW)
    assert (mine.page, mine.pages, len(mine.goals)) == (1, 1, 15)
    assert len((await goals.past(session, ana, page=2, now=NOW)).goals) == 1
    assert (await goals.tree(session, ana, page=9, now=NOW)).entries
    team = await goals.team(session, ben, page=9, now=NOW)
    assert team and team.members

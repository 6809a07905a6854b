"""The goal a thank-you served, on both databases: named only where everybody may read it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid
from bot.models import Goal, Kudos, Person
from bot.models.goals import Level, Visibility
from bot.models.kudos import Thanks
from bot.services import goals, kudos, people
from tests.conftest import NOW, PersonBuilder, StatementCount
from tests.services.goals.builders import set_goal

THANKS = Thanks(("UBEN",), "Found the leak in the importer before a customer did.", channel="C0THANKS")


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben")


@pytest.fixture
async def ana(a_person: PersonBuilder) -> Person:
    return await a_person("Ana")


async def give(session: AsyncSession, giver: Person, goal_id: int | None) -> int:
    return await kudos.give(session, giver, replace(THANKS, goal_id=goal_id), now=NOW)


async def limit(session: AsyncSession, goal_id: int) -> None:
    await session.execute(update(Goal).where(Goal.id == goal_id).values(visibility=Visibility.LIMITED))


async def test_a_goal_is_named_to_all_who_read_the_thanks_and_kept_when_they_are_said_anew(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ben, "Fewer tickets")
    kudos_id = await give(session, ana, goal_id)
    assert (await kudos.posted(session, kudos_id)).goal == "Fewer tickets"
    assert (await kudos.received(session, ben, kudos_id)).goal == "Fewer tickets"
    assert (await kudos.to_say_anew(session, ana, kudos_id)).goal_id == goal_id


async def test_thanks_without_a_goal_name_none(session: AsyncSession, ana: Person, ben: Person) -> None:
    await set_goal(session, ben)
    assert (await kudos.posted(session, await give(session, ana, None))).goal is None


@pytest.mark.parametrize("channel", ["C0THANKS", None])
async def test_a_goal_that_only_some_may_read_is_refused_even_by_its_owner(
    session: AsyncSession, ana: Person, ben: Person, channel: str | None
) -> None:
    goal_id = await set_goal(session, ana, visibility=Visibility.LIMITED)
    for unreadable in (goal_id, goal_id + 1):
        thanks = replace(THANKS, goal_id=unreadable, channel=channel)
        with pytest.raises(Invalid, match="only goals that the whole company may read") as refused:
            await kudos.give(session, ana, thanks, now=NOW)
        assert refused.value.field == "goal"
    assert await session.scalar(select(func.count(Kudos.id))) == 0


async def test_a_goal_limited_later_is_named_no_more(session: AsyncSession, ana: Person, ben: Person) -> None:
    goal_id = await set_goal(session, ben)
    kudos_id = await give(session, ana, goal_id)
    await limit(session, goal_id)
    assert (await kudos.posted(session, kudos_id)).goal is None
    assert [one.goal for one in (await kudos.mine(session, ana, now=NOW)).given.items] == [None]


async def test_on_offer_are_ones_own_first_then_wider_ones_and_none_that_is_limited(
    session: AsyncSession, ana: Person, ben: Person, a_person: PersonBuilder
) -> None:
    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    await set_goal(session, ben, "Half the tickets")
    await set_goal(session, hana, "Customers stay", level=Level.COMPANY)
    await set_goal(session, ana, "Zero open tickets")
    await set_goal(session, ana, "A quiet plan", visibility=Visibility.LIMITED)
    offered = [line.title for line in await goals.to_name(session, ana, now=NOW)]
    assert offered == ["Zero open tickets", "Customers stay", "Half the tickets"]
    sought = [line.title for line in await goals.to_name(session, ana, words=" TICKETS ", now=NOW)]
    assert sought == ["Zero open tickets", "Half the tickets"]


async def test_many_thanks_read_their_goals_at_once(
    session: AsyncSession, ana: Person, ben: Person, statements: Callable[[], StatementCount]
) -> None:
    given = [await give(session, ana, await set_goal(session, ben))]
    with statements() as few:
        await kudos.mine(session, ana, now=NOW)
    for number in range(4):
        thanks = replace(THANKS, text=f"Thing {number}", goal_id=await set_goal(session, ben))
        given.append(await kudos.give(session, ana, thanks, now=NOW))
    with statements() as many:
        assert len((await kudos.mine(session, ana, now=NOW)).given.items) == len(given)
    assert many.total == few.total

"""Handing a goal over, and goals of those who left."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed
from bot.models import Person
from bot.models.goals import GoalKind, Visibility
from bot.services import goals
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import HOUR, ids, set_goal


async def test_a_goal_of_somebody_who_left_waits_for_the_manager_who_hands_it_over(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person, hana: Person
) -> None:
    cem = await a_person("Cem", manager=ben)
    goal_id = await set_goal(session, ana)
    ana.deactivated_at = NOW
    await session.flush()
    assert ids((await goals.waiting(session, ben, now=NOW)).left_behind) == [goal_id]
    assert ids((await goals.waiting(session, hana, now=NOW)).left_behind) == []
    ben.deactivated_at = NOW
    await session.flush()
    assert ids((await goals.waiting(session, hana, now=NOW)).left_behind) == [goal_id]
    ben.deactivated_at = None
    await session.flush()
    reading = await goals.read(session, ben, goal_id, now=NOW)
    assert (reading.owner_has_left, reading.may_hand_over, reading.may_change) == (True, True, False)
    await goals.hand_over(session, ben, goal_id, to=cem, now=NOW)
    assert ids((await goals.waiting(session, cem, now=NOW)).to_agree) == [goal_id]
    await goals.agree(session, cem, goal_id, seen=2, now=NOW)
    assert ids((await goals.mine(session, cem, now=NOW)).goals) == [goal_id]
    with pytest.raises(Invalid) as refused:
        await goals.hand_over(session, cem, goal_id, to=ana, now=NOW)
    assert refused.value.field == "owner"


async def test_goals_follow_when_two_rows_turn_out_to_be_one_person(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    imported = await a_person("Ana Old", slack_user_id=None, email="old@example.com")
    owned = await set_goal(session, imported)
    shared = await set_goal(session, ana, co_owner_ids=(imported.id,))
    other = await set_goal(session, await a_person("Pia"), co_owner_ids=(imported.id, ana.id))
    await goals.pass_on(session, {imported.id: ana.id})
    assert set(ids((await goals.mine(session, ana, now=NOW)).goals)) == {owned, shared, other}
    reading = await goals.read(session, ana, other, now=NOW)
    assert reading.co_owners == (ana,)


async def test_whoever_came_later_hears_nothing_older_when_two_rows_become_one(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    imported, pia = (
        await a_person("Pia Old", slack_user_id=None, email="old@example.com"),
        await a_person("Pia"),
    )
    goal_id = await set_goal(session, ana)
    await goals.suggest_change(session, ben, goal_id, text="canary", now=NOW)
    await goals.edit(
        session,
        ana,
        goal_id,
        seen=1,
        title="Fewer tickets",
        detail="",
        kind=GoalKind.COMMITTED,
        visibility=Visibility.OPEN,
        co_owner_ids=[imported.id],
        now=NOW + HOUR,
    )
    await goals.pass_on(session, {imported.id: pia.id})
    reading = await goals.read(session, pia, goal_id, now=NOW + HOUR)
    assert reading.co_owners == (pia,)
    assert "canary" not in repr(reading)


async def test_strangers_hand_over_nothing(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    pia = await a_person("Pia")
    goal_id = await set_goal(session, ana)
    with pytest.raises(NotAllowed):
        await goals.hand_over(session, pia, goal_id, to=pia, now=NOW)

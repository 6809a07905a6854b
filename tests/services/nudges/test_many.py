"""Planning for many people, in batches, by several planners, in several workspaces."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.models import Notification, Person, Workspace
from bot.services import nudges
from tests.conftest import HOME, NOW, OTHER, PersonBuilder, StatementCount
from tests.services.nudges.builders import PACKS, THURSDAY, a_crowd, plan, rows


async def test_many_people_take_no_more_statements_than_few(
    session: AsyncSession, a_person: PersonBuilder, statements: Callable[[], StatementCount]
) -> None:
    await session.execute(update(Workspace).values(checkins_started_at=NOW))
    await a_person("Ana")
    with statements() as few:
        await plan(session)
    await a_crowd(session, 1000)
    with statements() as many:
        assert (await plan(session)).new == 2000
    assert many.total == few.total <= 20


async def test_in_batches_it_is_the_same_plan(session: AsyncSession, a_person: PersonBuilder) -> None:
    await a_crowd(session, 20)
    turn = await nudges.begin(session, now=THURSDAY, packs=PACKS)
    assert turn is not None
    for first in range(1, 30, 7):
        await nudges.plan_batch(session, turn, range(first, first + 7))
    await nudges.finish(session, turn)
    assert len(await rows(session, nudges.NUDGE.name, nudges.WELCOME.name)) == 40
    assert await plan(session) == nudges.Planned()


async def test_two_planners_at_once_plan_once(database: Database) -> None:
    async with database.work(HOME) as session:
        await a_crowd(session, 50)

    async def planner() -> int:
        async with database.work(HOME) as session:
            return (await plan(session)).new

    counts = await asyncio.gather(planner(), planner(), planner())
    assert sorted(counts) == [0, 0, 100]


async def test_another_workspaces_people_are_none_of_its_business(database: Database) -> None:
    async with database.work(OTHER) as session:
        session.add(Person(name="Stranger", slack_user_id="USTRANGER", timezone="Asia/Tokyo"))
    async with database.work(HOME) as session:
        session.add(Person(name="Ana", slack_user_id="UANA"))
        await session.flush()
        assert (await plan(session)).new == 2
    async with database.read(OTHER) as session:
        assert await session.scalar(select(func.count(Notification.id))) == 0


async def test_every_planned_row_has_a_nonce_of_its_own(session: AsyncSession) -> None:
    await a_crowd(session, 50)
    await plan(session)
    nonces = (await session.scalars(select(Notification.nonce))).all()
    assert len(set(nonces)) == 100
    assert {len(bytes.fromhex(nonce)) for nonce in nonces} == {16}


async def test_planning_again_uses_up_no_numbers(session: AsyncSession) -> None:
    """At 288 rounds a day, 100,000 people would be through PostgreSQL's integers in 74 days."""
    await a_crowd(session, 50)
    for ahead in range(5):
        await plan(session, THURSDAY + ahead * timedelta(minutes=5))
    (ana, *_) = await session.scalars(select(Person))
    session.add(following := Notification(person_id=ana.id, kind="x", key="x", nonce="x", due_at=NOW))
    await session.flush()
    assert following.id == 101

"""One leader at a time, and a former one is told from the present one."""

import asyncio
from datetime import timedelta

from bot.db import Database
from bot.services import leases
from tests.conftest import HOME, NOW, OTHER

LASTS = timedelta(seconds=30)


async def hold(database: Database, holder: str, after: float = 0, workspace: str = HOME) -> int | None:
    async with database.work(workspace) as session:
        now = NOW + timedelta(seconds=after)
        return await leases.hold(session, "courier", holder=holder, now=now, lasts=LASTS)


async def holds(database: Database, fencing: int) -> bool:
    async with database.work(HOME) as session:
        return await leases.holds(session, "courier", fencing=fencing)


async def test_the_first_leads_and_the_second_waits(database: Database) -> None:
    assert await hold(database, "one") == 1
    assert await hold(database, "two") is None


async def test_a_leader_who_renews_keeps_its_number(database: Database) -> None:
    assert [await hold(database, "one", after) for after in (0, 20, 40)] == [1, 1, 1]
    assert await hold(database, "two", 60) is None


async def test_who_comes_back_after_another_took_over_is_told_from_the_leader(database: Database) -> None:
    first = await hold(database, "one")
    second = await hold(database, "two", after=31)
    assert (first, second) == (1, 2)
    assert not await holds(database, 1)
    assert await holds(database, 2)
    assert await hold(database, "one", after=40) is None
    assert await hold(database, "one", after=70) == 3


async def test_releasing_lets_the_next_one_in_at_once(database: Database) -> None:
    await hold(database, "one")
    async with database.work(HOME) as session:
        await leases.release(session, "courier", holder="one", now=NOW + timedelta(seconds=1))
    assert await hold(database, "two", after=1) == 2


async def test_of_many_who_come_at_once_one_leads(database: Database) -> None:
    numbers = await asyncio.gather(*(hold(database, f"process {number}") for number in range(8)))
    assert sorted(number for number in numbers if number) == [1]


async def test_each_workspace_has_its_own_leader(database: Database) -> None:
    assert (await hold(database, "one"), await hold(database, "one", workspace=OTHER)) == (1, 1)

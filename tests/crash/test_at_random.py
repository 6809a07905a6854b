"""SIGKILL at random while Slack stumbles: one process on SQLite, two at once on PostgreSQL."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.models import Checkin, Notification
from playground.weather import Trouble
from tests.conftest import HOME
from tests.crash.scene import ASKED, BETWEEN, WEEK, Scene, Undertaker, open_scene

SOMEWHERE = 24  # steps: a life gets through one or two messages before it ends
TROUBLES: tuple[Trouble, ...] = (
    "error",
    "reset_before",
    "reset_after",
    "truncated",
    "internal_error",
    "history_lag",
)


@dataclass(frozen=True)
class Size:
    kills: int
    people: int


@pytest.fixture
def size(proof: bool) -> Size:
    return Size(kills=20, people=16) if proof else Size(kills=5, people=4)


@pytest.fixture
async def scene(database: Database, database_url: str, seed: str, size: Size) -> AsyncIterator[Scene]:
    async with open_scene(database, database_url, people=size.people, seed=seed) as scene:
        yield scene


@pytest.fixture
async def undertakers(database: Database) -> AsyncIterator[Sequence[Undertaker]]:
    """As many processes at once as the database is made for."""
    async with AsyncExitStack() as stack:
        count = 1 if database.is_sqlite else 2
        yield [await stack.enter_async_context(Undertaker.at_work()) for _ in range(count)]


async def test_nothing_is_lost_or_doubled(
    scene: Scene, undertakers: Sequence[Undertaker], seed: str, size: Size
) -> None:
    chance = random.Random(f"crash {seed}")  # noqa: S311 - to be repeatable is the point
    for trouble in TROUBLES:
        scene.weather.brings(trouble, 0.05)
    deaths = await live_dangerously(scene, undertakers, chance, size.kills)
    scene.weather.clears()
    for who in scene.people:  # whoever's form did not close presses again
        await undertakers[0].live(scene.order("submit", who=who))
    await scene.recover(undertakers[0], "deliver")
    await everything_arrived(scene)
    assert sum(deaths.values()) >= size.kills, deaths


async def live_dangerously(
    scene: Scene, undertakers: Sequence[Undertaker], chance: random.Random, kills: int
) -> Counter[str]:
    """Round after round; both processes get the same form when there are two, as when Slack delivers it again."""
    deaths: Counter[str] = Counter()
    while sum(deaths.values()) < kills:
        who = chance.choice(scene.people)
        orders = []
        for _ in undertakers:
            doing = chance.choice((("plan", "deliver"), ("deliver",), ("submit", "deliver")))
            orders.append(scene.order(*doing, die_at=chance.randint(1, SOMEWHERE), who=who))
        lives = (one.live(order) for one, order in zip(undertakers, orders, strict=True))
        for fate in await asyncio.gather(*lives):
            deaths.update([fate.step] * fate.killed)
        scene.clock.advance(max(BETWEEN, ASKED - scene.clock.now()))
    return deaths


async def everything_arrived(scene: Scene) -> None:
    """Once each: the outcome sees to it that nothing was doubled."""
    outcome = await scene.outcome()
    assert outcome.checkins == len(scene.people)
    async with scene.database.read(HOME) as session:
        rows = {row.key: row for row in await session.scalars(select(Notification))}
        checkins = list(await session.scalars(select(Checkin)))
    for checkin in checkins:
        nudge = rows[f"checkins.nudge:{checkin.person_id}:{WEEK}"]
        assert (nudge.state, nudge.reason) in (("sent", None), ("skipped", "answered"))
        if checkin.manager_id:
            assert rows[f"checkins.shared:{checkin.manager_id}:{WEEK}"].state == "sent"
    assert len(outcome.pinged) == len(scene.people)  # each had their day's message

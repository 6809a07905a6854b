"""SIGKILL at every single write, commit, call and answer of the planner, the courier and a submitted form."""

from collections.abc import AsyncIterator

import pytest

from bot.db import Database
from tests.conftest import settings
from tests.crash.scene import ASKED, BETWEEN, Scene, Undertaker, open_scene


@pytest.fixture
async def undertaker() -> AsyncIterator[Undertaker]:
    async with Undertaker.at_work() as undertaker:
        yield undertaker


@pytest.fixture
async def scene(sqlite_url: str) -> AsyncIterator[Scene]:
    database = Database(settings(sqlite_url).sqlalchemy_url)
    async with open_scene(database, sqlite_url, people=2) as scene:
        yield scene
    await database.close()


async def killed_everywhere(scene: Scene, undertaker: Undertaker, *doing: str, who: str = "") -> list[str]:
    """Lives through the same moment again and again, and dies one step later each time. Where it died.

    Afterwards a new process does the same: a planner plans again, a person presses again.
    """
    await scene.database.close()  # the files are about to be replaced
    scene.keep()
    await undertaker.live(scene.order(*doing, who=who))
    await scene.recover(undertaker, *doing, who=who)
    undisturbed = await scene.outcome()
    deaths: list[str] = []
    while True:
        await scene.database.close()
        scene.go_back()
        fate = await undertaker.live(scene.order(*doing, die_at=len(deaths) + 1, who=who))
        if not fate.killed:
            return deaths
        deaths.append(fate.step)
        await scene.recover(undertaker, *doing, who=who)
        assert await scene.outcome() == undisturbed, f"killed at step {len(deaths)}, {fate.step}"


async def asked(scene: Scene, undertaker: Undertaker) -> None:
    """It is planned, and due."""
    await undertaker.live(scene.order("plan"))
    scene.clock.advance(ASKED - scene.clock.now())


async def test_a_planner_killed_anywhere_leaves_nothing_out_and_nothing_twice(
    scene: Scene, undertaker: Undertaker
) -> None:
    deaths = await killed_everywhere(scene, undertaker, "plan")
    assert {"INSERT notifications", "UPDATE workspaces", "commit"} <= set(deaths)


async def test_a_courier_killed_anywhere_says_everything_once(scene: Scene, undertaker: Undertaker) -> None:
    await asked(scene, undertaker)
    deaths = await killed_everywhere(scene, undertaker, "deliver")
    assert {"UPDATE notifications", "commit", "call chat.postMessage", "answer chat.postMessage"} <= set(
        deaths
    )
    assert len(deaths) >= 20


async def test_a_form_killed_anywhere_is_saved_once_and_told_once(
    scene: Scene, undertaker: Undertaker
) -> None:
    await asked(scene, undertaker)
    await undertaker.live(scene.order("deliver"))
    scene.clock.advance(BETWEEN)  # that life's own clock ran ahead while it kept its pace
    deaths = await killed_everywhere(scene, undertaker, "submit", "deliver", "deliver", who=scene.people[1])
    assert {"INSERT inbox", "INSERT checkins", "INSERT notifications", "call chat.update"} <= set(deaths)
    assert (await scene.outcome()).checkins == 1

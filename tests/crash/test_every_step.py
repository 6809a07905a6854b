"""SIGKILL at every single write, commit, call and answer of the planner, the courier and a submitted form.

In `make test` only at the first of each kind.
"""

import itertools
from collections.abc import AsyncIterator, Callable, Iterable, Sequence

import pytest

from bot.db import Database
from tests.conftest import settings
from tests.crash.scene import ASKED, BETWEEN, Scene, Undertaker, open_scene


@pytest.fixture
async def undertaker() -> AsyncIterator[Undertaker]:
    async with Undertaker.at_work() as undertaker:
        yield undertaker


Places = Callable[[Sequence[str]], Iterable[int]]


@pytest.fixture
def places(proof: bool) -> Places:
    """Of the steps that somebody took undisturbed, where to die: numbers from 1 on."""

    def first_of_each(steps: Sequence[str]) -> Iterable[int]:
        return (steps.index(step) + 1 for step in dict.fromkeys(steps))

    return (lambda _: itertools.count(1)) if proof else first_of_each


@pytest.fixture
async def scene(sqlite_url: str) -> AsyncIterator[Scene]:
    database = Database(settings(sqlite_url).sqlalchemy_url)
    async with open_scene(database, sqlite_url, people=2) as scene:
        yield scene
    await database.close()


async def killed(
    places: Places, scene: Scene, undertaker: Undertaker, *doing: str, who: str = ""
) -> list[str]:
    """Lives through the same moment again and again, and dies at another step each time. Where it died.

    Afterwards a new process does the same: a planner plans again, a person presses again.
    """
    await scene.database.close()  # the files are about to be replaced
    scene.keep()
    steps = (await undertaker.live(scene.order(*doing, who=who))).steps
    await scene.recover(undertaker, *doing, who=who)
    undisturbed = await scene.outcome()
    deaths: list[str] = []
    for place in places(steps):
        await scene.database.close()
        scene.go_back()
        fate = await undertaker.live(scene.order(*doing, die_at=place, who=who))
        if not fate.killed:
            break
        deaths.append(fate.step)
        await scene.recover(undertaker, *doing, who=who)
        assert await scene.outcome() == undisturbed, f"killed at step {place}, {fate.step}"
    assert set(deaths) == set(steps)
    return deaths


async def asked(scene: Scene, undertaker: Undertaker) -> None:
    """It is planned, and due."""
    await undertaker.live(scene.order("plan"))
    scene.clock.advance(ASKED - scene.clock.now())


async def test_a_planner_killed_anywhere_leaves_nothing_out_and_nothing_twice(
    places: Places, scene: Scene, undertaker: Undertaker
) -> None:
    deaths = await killed(places, scene, undertaker, "plan")
    assert {"INSERT notifications", "UPDATE workspaces", "commit"} <= set(deaths)


async def test_a_courier_killed_anywhere_says_everything_once(
    places: Places, scene: Scene, undertaker: Undertaker, proof: bool
) -> None:
    await asked(scene, undertaker)
    deaths = await killed(places, scene, undertaker, "deliver")
    assert {"UPDATE notifications", "commit", "call chat.postMessage", "answer chat.postMessage"} <= set(
        deaths
    )
    assert len(deaths) >= (20 if proof else 4)


async def test_a_form_killed_anywhere_is_saved_once_and_told_once(
    places: Places, scene: Scene, undertaker: Undertaker
) -> None:
    await asked(scene, undertaker)
    await undertaker.live(scene.order("deliver"))
    scene.clock.advance(BETWEEN)  # that life's own clock ran ahead while it kept its pace
    deaths = await killed(places, scene, undertaker, "submit", "deliver", "deliver", who=scene.people[1])
    assert {"INSERT inbox", "INSERT checkins", "INSERT notifications", "call chat.update"} <= set(deaths)
    assert (await scene.outcome()).checkins == 1

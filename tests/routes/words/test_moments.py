"""What is left of a message once its moment is over, for each kind and each way to end."""

import pytest

from bot.capabilities import house
from bot.handlers.platform import end_moments
from tests.routes.moments.scenes import SCENES, Scene
from tests.routes.words.conftest import Reads
from tests.routes.world import Clock, Company

ALL = [
    pytest.param(scene, id=f"{name}, {scene.what}".replace(" ", "_"))
    for name, scenes in SCENES.items()
    for scene in scenes
]


@pytest.mark.parametrize("scene", ALL)
async def test_a_message_that_is_over(acme: Company, clock: Clock, reads: Reads, scene: Scene) -> None:
    message = await scene.comes(acme, clock)
    await scene.ends(acme, clock)
    await acme.delivered()
    await end_moments(acme.bot, house().kinds)
    await acme.delivered()
    reads("over", message)

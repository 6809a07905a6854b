"""The thanks of the sample company's past, given through the bot's own service."""

from bot.models.kudos import Thanks
from bot.services import goals, kudos
from playground.hosting.scene import Scene
from playground.past_kudos import Thanked

HAPPENINGS = (Thanked,)


async def happen(scene: Scene, one: Thanked) -> None:
    session, who = scene.session, scene.who
    value = await kudos.value_called(session, one.value)
    served = await goals.to_name(session, who, words=one.serves, now=one.at) if one.serves else ()
    thanks = Thanks(
        one.whom,
        one.text,
        value_id=value.id if value else None,
        channel=one.channel,
        goal_id=next((line.goal_id for line in served if line.title == one.serves), None),
    )
    await kudos.give(session, who, thanks, now=one.at)

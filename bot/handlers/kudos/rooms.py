"""Thanks go to a channel in which the bot may post. Slack is asked while their giver can still choose another one."""

from dataclasses import replace

from bot.context import Bot
from bot.handlers.rooms import look_up
from bot.models.kudos import Thanks
from bot.services import kudos
from bot.slack import Room
from bot.views import kudos as views
from bot.views.rooms import is_free


async def placed(bot: Bot, thanks: Thanks) -> tuple[Thanks, str]:
    """The thanks keep their channel. Where the bot may not post in a public one, they get the channel that HR has set,
    with a sentence that says so to their giver.

    If Slack does not answer, the channel counts as private, so that in doubt fewer people can read the thanks.
    """
    if thanks.channel is None:
        return thanks, ""
    room = await look_up(bot, thanks.channel)
    if room is None:
        return replace(thanks, closed=True), ""
    if instead := await _instead(bot, room):
        return replace(thanks, channel=instead.id, closed=False), views.elsewhere(room, instead)
    views.POSTS.require_postable([room])
    return replace(thanks, closed=room.closed), ""


async def _instead(bot: Bot, room: Room) -> Room | None:
    """What was meant for a private channel is never offered to a public one."""
    if room.closed or room.archived or room.shared or room.postable:
        return None
    async with bot.read() as session:
        channel = await kudos.recognition_channel(session)
    found = await look_up(bot, channel) if channel else None
    return found if found and is_free(found) and not found.closed else None

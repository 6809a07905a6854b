"""Asking Slack about the channel somebody chose, while they can still choose another."""

from dataclasses import replace

from bot.context import Bot
from bot.models.kudos import Thanks
from bot.slack import NotAuthorized, Room, SlackError, SlackRefused
from bot.views import kudos as views


async def with_room(bot: Bot, thanks: Thanks) -> Thanks:
    """Where Slack gives no answer the channel is taken for a private one: a doubt must not open anything to more
    readers.
    """
    if thanks.channel is None:
        return thanks
    room = await require_room(bot, thanks.channel)
    return replace(thanks, closed=room is None or room.closed)


async def require_room(bot: Bot, channel: str) -> Room | None:
    """Says under its field what is in the way. None where Slack gives no answer: the courier will find out."""
    try:
        room = await bot.slack.room(channel)
    except NotAuthorized:
        return None
    except SlackRefused:
        raise views.not_there() from None
    except SlackError:
        return None
    views.require_open(room)
    return room

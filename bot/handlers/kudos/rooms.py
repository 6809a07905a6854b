"""Slack is asked about the chosen channel while the person can still choose another."""

from dataclasses import replace

from bot.context import Bot
from bot.models.kudos import Thanks
from bot.slack import NotAuthorized, Room, SlackError, SlackRefused
from bot.views import kudos as views


async def with_room(bot: Bot, thanks: Thanks) -> Thanks:
    """If Slack does not answer, the channel counts as private, so that in doubt fewer people can read the thanks."""
    if thanks.channel is None:
        return thanks
    room = await require_room(bot, thanks.channel)
    return replace(thanks, closed=room is None or room.closed)


async def require_room(bot: Bot, channel: str) -> Room | None:
    """Raises an error for the field if the bot cannot post in the channel. The result is None if Slack does not answer:
    the courier checks again.
    """
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

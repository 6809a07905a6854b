"""Slack is asked about a chosen channel while the person can still choose another."""

from bot.context import Bot
from bot.slack import NotAuthorized, Room, SlackError, SlackRefused


async def look_up(bot: Bot, channel: str) -> Room | None:
    """The result is None if Slack does not answer: the courier then learns whether it may post."""
    try:
        return await bot.slack.room(channel)
    except NotAuthorized:
        return None
    except SlackRefused:
        return Room.hidden(channel)
    except SlackError:
        return None

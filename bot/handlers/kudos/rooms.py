"""Asking Slack about the channel somebody chose, while they can still choose another."""

from dataclasses import replace

from bot.context import Bot
from bot.models.kudos import Thanks
from bot.slack import NotAuthorized, SlackError, SlackRefused
from bot.views import kudos as views


async def with_room(bot: Bot, thanks: Thanks) -> Thanks:
    """Says under its field what is in the way. Where Slack gives no answer it is taken for a private channel, and the
    courier finds out: a doubt must not open anything to more readers.
    """
    if thanks.channel is None:
        return thanks
    try:
        room = await bot.slack.room(thanks.channel)
    except NotAuthorized:
        return replace(thanks, closed=True)
    except SlackRefused:
        raise views.not_there() from None
    except SlackError:
        return replace(thanks, closed=True)
    views.require_open(room)
    return replace(thanks, closed=room.closed)

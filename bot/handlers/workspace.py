"""The workspace itself: the app was removed, or its tokens were revoked."""

import logging

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes

log = logging.getLogger(__name__)


async def on_removed(bot: Bot, call: Call) -> Reply:
    """The token is dead already: stop speaking and say so in the log. The data stays for a new install."""
    log.error("slack.removed", extra={"handler": call.name})
    bot.removed.set()
    return None


ROUTES = Routes(events={"app_uninstalled": on_removed, "tokens_revoked": on_removed})

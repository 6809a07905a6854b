"""Slack tells here that the app was removed from the workspace or its tokens were revoked."""

import logging

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes

log = logging.getLogger(__name__)


async def on_removed(bot: Bot, call: Call) -> Reply:
    """The token is already invalid, so the bot stops sending and logs it. The data stays for a new install."""
    log.error("slack.removed", extra={"handler": call.name})
    bot.removed.set()
    return None


ROUTES = Routes(events={"app_uninstalled": on_removed, "tokens_revoked": on_removed})

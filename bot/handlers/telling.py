"""A message shows the result of a press after it was saved. If Slack refuses the update, the saved result stays."""

import asyncio
import logging
from collections.abc import Awaitable

from bot.slack import SlackError

log = logging.getLogger(__name__)

TELL_SECONDS = 1.5  # the answer to what was saved must still reach Slack within its 3 s


async def try_to_tell(telling: Awaitable[None]) -> None:
    """If the message cannot be updated here, the courier does it later."""
    try:
        async with asyncio.timeout(TELL_SECONDS):
            await telling
    except (SlackError, TimeoutError) as error:
        log.warning("press.not_told", extra={"error": type(error).__name__})

"""A file for whoever asked, in the direct messages. It takes longer than Slack waits for an answer: `bot.start(…)`."""

import logging

from bot.context import Bot
from bot.slack import SlackError

log = logging.getLogger(__name__)


async def send_file(
    bot: Bot, to: str, filename: str, content: bytes, *, title: str, comment: str, alt_text: str | None = None
) -> None:
    """`alt_text`: what a picture shows. What Slack refuses can be asked for again."""
    try:
        await bot.slack.send_file(to, filename, content, title=title, comment=comment, alt_text=alt_text)
    except SlackError as error:
        log.warning("files.not_sent", extra={"error": type(error).__name__})

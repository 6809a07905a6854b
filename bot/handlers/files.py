"""Files are sent to the person who asked, as a direct message. Sending takes longer than Slack waits for an answer:
`bot.start(…)`.
"""

import logging

from bot.context import Bot
from bot.slack import SlackError

log = logging.getLogger(__name__)


async def send_file(
    bot: Bot, to: str, filename: str, content: bytes, *, title: str, comment: str, alt_text: str | None = None
) -> None:
    """`alt_text` describes a picture. If Slack refuses the file, the person can ask for it again."""
    try:
        await bot.slack.send_file(to, filename, content, title=title, comment=comment, alt_text=alt_text)
    except SlackError as error:
        log.warning("files.not_sent", extra={"error": type(error).__name__})

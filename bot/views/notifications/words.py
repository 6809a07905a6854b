"""An unasked message starts with a bold line of twelve words at most, followed by up to three short lines."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.slack import Message
from bot.views import kit


def saying(first: str, *rest: str, below: Sequence[Block] = ()) -> Message:
    """Names in the lines are not escaped yet. The plain text holds all lines."""
    lines = [f"*{kit.escape(first)}*", *map(kit.escape, rest)]
    return kit.message(" ".join((first, *rest)), kit.section("\n".join(lines)), *below)

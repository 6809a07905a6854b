"""How an unasked message is put together: a bold first line of twelve words at most, then up to three short ones."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.slack import Message
from bot.views import kit


def saying(first: str, *rest: str, below: Sequence[Block] = ()) -> Message:
    """Names in the lines are not escaped yet. The plain text says all of them."""
    lines = [f"*{kit.escape(first)}*", *map(kit.escape, rest)]
    return kit.message(" ".join((first, *rest)), kit.section("\n".join(lines)), *below)

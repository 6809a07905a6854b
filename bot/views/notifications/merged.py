"""Several notifications are merged into one message, so that a person is pinged once a day."""

import copy
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.slack import Message
from bot.views import kit

IN_FULL = 6
IN_SHORT = 10
SHOWN = IN_FULL + IN_SHORT
ON_HOME = "All of it waits for you on my Home tab"
PLAIN_LIMIT = 1000
SECTION_LIMIT = 2900
NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def merged_message(parts: Sequence[Message], *, besides: int = 0, kept_in: Sequence[str] = ()) -> Message:
    """The parts follow each other, each with its buttons; only the first keeps a primary one.

    `besides` counts the parts beyond `SHOWN`; only their number is shown. `kept_in` says of the kinds of messages in it
    where their readers find them again, if that is not Home.
    """
    if len(parts) + besides == 1:
        return parts[0]
    count = len(parts) + besides
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    first = f"{number} things for you"
    blocks: list[Block] = [kit.section(f"*{first}*")]
    for index, part in enumerate(parts[:IN_FULL]):
        blocks += [kit.rule(), *(part.blocks if index == 0 else map(_quieter, part.blocks))]
    texts = [part.text for part in parts]  # every message has escaped its own text
    plain = f"{first}: {' '.join(_fitting(texts, PLAIN_LIMIT))}"
    return Message(text=plain, blocks=[*blocks, *_rest(texts[IN_FULL:], besides, kept_in)])


def _quieter(block: Block) -> Block:
    """The primary button becomes a plain one: a message has one next thing to do."""
    if not isinstance(block, ActionsBlock):
        return block
    quiet = copy.copy(block)
    quiet.elements = [_plain(element) for element in block.elements]
    return quiet


def _plain(element: Any) -> Any:
    if not isinstance(element, ButtonElement):
        return element
    plain = copy.copy(element)
    plain.style = None
    return plain


def _rest(texts: Sequence[str], besides: int, kept_in: Sequence[str]) -> list[Block]:
    if not texts:
        return []
    lines = [f"• {text}" for text in _fitting(texts[:IN_SHORT], SECTION_LIMIT)]
    if more := len(texts) - len(lines) + besides:
        lines.append(f"And {more} more.")
    return [
        kit.rule(),
        kit.section("\n".join(lines)),
        kit.small(f"{'; '.join([ON_HOME, *dict.fromkeys(kept_in)])}."),
    ]


def _fitting(texts: Sequence[str], limit: int) -> list[str]:
    """Only whole texts are kept, as many as fit: a cut could break an escaped entity."""
    lengths = accumulate(len(text) + 3 for text in texts)
    return [text for text, length in zip(texts, lengths, strict=True) if length <= limit]

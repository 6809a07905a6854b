"""A message whose moment is over keeps its words and loses its buttons; a line below says what became of it."""

import copy
from datetime import datetime, timedelta

from slack_sdk.models.blocks import ActionsBlock, Block, SectionBlock

from bot import clock
from bot.models import Person
from bot.slack import Message
from bot.views import kit, times

PREFIX = "notification"


NOTHING_WAITS = "Nothing waits for you here any more."


def ended_message(message: Message | None, sentence: str) -> Message:
    """`message` is None if the reader may not see any more what it was about: the line stands alone then."""
    if message is None:
        return kit.message(sentence, kit.section(kit.escape(sentence)))
    text = f"{message.text} {kit.escape(sentence)}"
    quiet = without_buttons(message)
    return Message(text=text, blocks=[*quiet.blocks, kit.small(kit.escape(sentence))])


def without_buttons(message: Message) -> Message:
    blocks = [_quiet(block) for block in message.blocks if not isinstance(block, ActionsBlock)]
    return Message(text=message.text, blocks=blocks)


def ended_words(says: str, *, by: Person | None, at: datetime | None, reader: Person, now: datetime) -> str:
    """ "You took this on, 10:42." The name is not escaped yet."""
    who = "" if by is None else "You" if by.id == reader.id else kit.short(by.name, 80)
    when = f", {_when(at, reader.timezone, now)}" if at else ""
    return f"{says.replace('{who}', who)}{when}."


def _when(at: datetime, timezone: str | None, now: datetime) -> str:
    """Today the time is enough; within a week the weekday, and later the date goes with it."""
    there, today = clock.local(at, timezone), clock.local(now, timezone).date()
    if there.date() == today:
        return f"{there:%H:%M}"
    if timedelta(0) < today - there.date() < timedelta(7):
        return f"{there:%a %H:%M}"
    return f"{times.day(there.date(), today=today)} {there:%H:%M}"


def has_buttons(message: Message) -> bool:
    return any(map(_is_pressable, message.blocks))


def signed(message: Message, notification_id: int) -> Message:
    """Each block with buttons names its notification, so that a press tells which one it belongs to."""
    blocks = [
        _named(block, f"{PREFIX}:{notification_id}:{place}") if _is_pressable(block) else block
        for place, block in enumerate(message.blocks)
    ]
    return Message(text=message.text, blocks=blocks)


def signed_by(block_id: str) -> int | None:
    """The notification's id; None for blocks that belong to no notification."""
    name, _, rest = block_id.partition(":")
    return kit.row_id(rest.partition(":")[0]) if name == PREFIX else None


def _is_pressable(block: Block) -> bool:
    return isinstance(block, ActionsBlock) or (
        isinstance(block, SectionBlock) and block.accessory is not None
    )


def _named(block: Block, block_id: str) -> Block:
    named = copy.copy(block)
    named.block_id = block_id
    return named


def _quiet(block: Block) -> Block:
    if not isinstance(block, SectionBlock) or block.accessory is None:
        return block
    quiet = copy.copy(block)
    quiet.accessory = None
    return quiet

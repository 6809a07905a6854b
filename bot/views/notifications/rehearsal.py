"""A rehearsal says in its first line that it is one."""

from bot.slack import Message
from bot.views import kit

FIRST = "This is a rehearsal, sent by whoever runs Rapport. It counts nowhere."


def rehearsal_message(message: Message) -> Message:
    return Message(text=f"Rehearsal: {message.text}", blocks=[kit.small(FIRST), kit.rule(), *message.blocks])

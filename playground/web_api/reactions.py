"""reactions.*: emoji on messages."""

import re

from playground.errors import SlackError
from playground.types import Payload
from playground.web_api.call import Call
from playground.workspace import Message

NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add(call: Call) -> Payload:
    name, message = call.text("name"), _message(call)
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name")
    user_id = call.team.installed.bot.id
    if user_id in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    message.reactions.setdefault(name, []).append(user_id)
    call.ground.activity.changed()
    return {}


def get(call: Call) -> Payload:
    message = _message(call)
    shown = message.as_slack(call.team.team_id, all_metadata=False)
    return {"type": "message", "channel": message.channel_id, "message": shown}


def _message(call: Call) -> Message:
    ts = call.maybe("timestamp")
    if not ts:
        raise SlackError("no_item_specified")
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise SlackError("bad_timestamp")
    message = call.channel().messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    return message

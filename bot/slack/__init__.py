"""The one gateway to Slack's Web API: its calls, the meaning of errors, and the rule that nothing is sent
twice.

Handlers answer through it, the courier sends through it, the directory sync reads through it.
"""

from bot.slack.connection import TIMEOUT_SECONDS
from bot.slack.errors import (
    NotAuthorized,
    SlackBusy,
    SlackError,
    SlackRefused,
    SlackUnreachable,
    SlackUnsure,
    TriggerExpired,
)
from bot.slack.gateway import Slack
from bot.slack.scopes import EVENT_SCOPES, FIELD_SCOPES, METHOD_SCOPES, OPTIONAL_SCOPES, POST_ANYWHERE
from bot.slack.silence import MOST_PEOPLE
from bot.slack.values import Identity, Message, Posted, Room

"""All requests from Bolt come in here: the call is read, its handler is found in a table and answers, and then Slack
gets the acknowledgement.
"""

import logging
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.context import Bot
from bot.errors import AlreadyDone, BotError
from bot.handlers import errors, windows
from bot.handlers.deadline import in_time
from bot.handlers.home import Home
from bot.handlers.moments import Moments
from bot.handlers.payloads import read_call
from bot.handlers.routing import (
    Again,
    Call,
    Choices,
    Errors,
    Handler,
    HomeChanged,
    Outdated,
    Reply,
    Routes,
    Unacknowledged,
    Window,
)
from bot.slack import Message
from bot.spelling import spelled
from bot.views import errors as sentences
from bot.views import kit

log = logging.getLogger(__name__)

ANYTHING = re.compile(".*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Front:
    """The bot answers to these routes, shows this Home tab, and knows when its messages are over.
    `bot/capabilities.py` puts them together.
    """

    routes: Routes
    home: Home
    moments: Moments


def register_all(app: AsyncApp, bot: Bot, front: Front) -> None:
    """Bolt gets one listener per kind of payload; the routes name the handler."""

    async def listen(body: dict[str, Any], ack: AsyncAck) -> BoltResponse | None:
        try:
            call = read_call(body, bot.settings.command_prefix)
        except (KeyError, TypeError, IndexError, AttributeError):
            return BoltResponse(status=400)
        reply = await answer(bot, front, call)
        if isinstance(reply, Unacknowledged):
            return BoltResponse(status=reply.status)
        await acknowledge(ack, reply, bot.settings.command_prefix)
        return None

    app.command(ANYTHING)(listen)
    app.action({"action_id": ANYTHING})(listen)
    app.options({"action_id": ANYTHING})(listen)
    app.view(ANYTHING)(listen)
    app.shortcut(ANYTHING)(listen)
    app.event(ANYTHING)(listen)


async def answer(bot: Bot, front: Front, call: Call) -> Reply:
    """The result is the reply that Slack still has to get. Nothing is acknowledged before this returns."""
    if call.team_id != bot.workspace_id:
        return await errors.refused(bot, call, BotError(sentences.ELSEWHERE))
    handler = front.routes.find(call)
    if handler is None:
        log.info("call.unknown", extra={"kind": call.kind})
        unknown = sentences.UNKNOWN_COMMAND if call.kind == "command" else sentences.OLDER_VERSION
        return await errors.refused(bot, call, BotError(unknown))
    try:
        return await in_time(_handled(bot, front, handler, call))
    except BotError as error:
        return await errors.refused(bot, call, error)
    except Exception as error:
        return await errors.broken(bot, call, error)


async def _handled(bot: Bot, front: Front, handler: Handler, call: Call) -> Reply:
    """The handler runs, its window is shown and Home is brought up to date. The result is what remains of its reply."""
    if said := await front.moments.sentence(bot, call):
        raise AlreadyDone(said)
    reply = await handler(bot, call)
    shown = reply.then if isinstance(reply, HomeChanged | Outdated) else reply
    if isinstance(shown, Window | Again):
        shown = await windows.show(bot, call, shown)
    await front.moments.pressed(bot, call)  # once the window is there: Slack opens one for three seconds only
    if isinstance(reply, HomeChanged):
        await front.home.refresh(bot, call.user_id)
    if isinstance(reply, Outdated):
        building = front.routes.windows[reply.window](bot, call, reply.value)
        await windows.refresh_below(bot, reply.view_id, building)
    return shown


async def acknowledge(ack: AsyncAck, reply: Reply, command_prefix: str) -> None:
    """Slack gets the reply. An empty body closes a submitted form; a command without a reply shows nothing."""
    as_here = partial(spelled, prefix=command_prefix)
    match reply:
        case Message():
            blocks = [block.to_dict() for block in reply.blocks]
            await ack(**as_here({"text": reply.text, "blocks": blocks}), response_type="ephemeral")
        case Errors():
            await ack(response_action="errors", errors=as_here(reply.by_field))
        case Window():
            await ack(response_action="update", view=as_here(reply.view.to_dict()))
        case Choices():
            await ack(options=kit.options(reply.labels))
        case _:
            await ack()

"""The table of contents: what Rapport answers to, and the one way in from Bolt."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.context import Bot
from bot.errors import BotError
from bot.handlers import (
    absence,
    anniversaries,
    awards,
    checkin_settings,
    checkins,
    commands,
    errors,
    goals,
    home,
    kudos,
    notifications,
    nudges,
    pauses,
    people,
    posts,
    rhythms,
    workspace,
)
from bot.handlers.deadline import in_time
from bot.handlers.routing import (
    Call,
    Choices,
    CloseAll,
    Errors,
    Reply,
    Routes,
    ShowView,
    Unacknowledged,
    merged,
    read_call,
)
from bot.services.anniversaries import ANNIVERSARY
from bot.services.awards import kinds as award_kinds
from bot.services.checkins import kinds as checkin_kinds
from bot.services.goals import kinds as goal_kinds
from bot.services.kudos import kinds as kudos_kinds
from bot.services.notifications import REFUSED, Kind
from bot.services.nudges import kinds as nudge_kinds
from bot.slack import Message
from bot.views import errors as sentences
from bot.views import kit
from bot.views.nudges import write_button

log = logging.getLogger(__name__)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        ANNIVERSARY,
        *award_kinds.KINDS,
        *checkin_kinds.KINDS,
        *goal_kinds.KINDS,
        *kudos_kinds.KINDS,
        *nudge_kinds.KINDS,
        REFUSED,
    )
}
ANSWER_WITH = {kind.name: write_button for kind in (nudge_kinds.NUDGE, nudge_kinds.REMINDER)}
ROUTES: Routes = merged(
    absence.ROUTES,
    anniversaries.ROUTES,
    awards.ROUTES,
    checkin_settings.ROUTES,
    checkins.ROUTES,
    commands.ROUTES,
    goals.ROUTES,
    home.ROUTES,
    kudos.ROUTES,
    notifications.routes(KINDS, ANSWER_WITH),
    nudges.ROUTES,
    pauses.ROUTES,
    people.ROUTES,
    posts.ROUTES,
    rhythms.ROUTES,
    workspace.ROUTES,
)
ANYTHING = re.compile(".*", re.DOTALL)


def register_all(app: AsyncApp, bot: Bot) -> None:
    """One listener per kind of payload; `ROUTES` says who answers."""

    async def listen(body: dict[str, Any], ack: AsyncAck) -> BoltResponse | None:
        try:
            call = read_call(body, bot.settings.command_prefix)
        except (KeyError, TypeError, IndexError, AttributeError):
            return BoltResponse(status=400)
        reply = await answer(bot, call)
        if isinstance(reply, Unacknowledged):
            return BoltResponse(status=reply.status)
        await acknowledge(ack, reply)
        return None

    app.command(ANYTHING)(listen)
    app.action({"action_id": ANYTHING})(listen)
    app.options({"action_id": ANYTHING})(listen)
    app.view(ANYTHING)(listen)
    app.shortcut(ANYTHING)(listen)
    app.event(ANYTHING)(listen)


async def answer(bot: Bot, call: Call) -> Reply:
    """The handler's reply, or the error's sentence. Nothing is acknowledged before this returns."""
    if call.team_id != bot.workspace_id:
        return await errors.refused(bot, call, BotError(sentences.ELSEWHERE))
    handler = ROUTES.find(call)
    if handler is None:
        log.info("call.unknown", extra={"kind": call.kind})
        return await errors.refused(bot, call, BotError(sentences.OLDER_VERSION))
    try:
        return await in_time(handler(bot, call))
    except BotError as error:
        return await errors.refused(bot, call, error)
    except Exception as error:
        return await errors.broken(bot, call, error)


async def acknowledge(ack: AsyncAck, reply: Reply) -> None:
    """Tells Slack. A form that is through closes with an empty body; a command without words stays silent."""
    match reply:
        case None:
            await ack()
        case Message():
            await ack(text=reply.text, blocks=list(reply.blocks), response_type="ephemeral")
        case Errors():
            await ack(response_action="errors", errors=dict(reply.by_field))
        case ShowView():
            await ack(response_action="update", view=reply.view)
        case Choices():
            await ack(options=kit.options(reply.labels))
        case CloseAll():
            await ack(response_action="clear")

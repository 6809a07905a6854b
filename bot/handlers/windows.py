"""All windows are shown here: by themselves, on top of another, or in place of it."""

import asyncio
import logging
from collections.abc import Awaitable

from slack_sdk.models.views import View

from bot.context import Bot
from bot.handlers.routing import Again, Call, Window
from bot.slack import SlackError
from bot.views import kit

log = logging.getLogger(__name__)

REFRESH_SECONDS = 0.8  # the answer to what was saved must still reach Slack within its 3 s


async def show(bot: Bot, call: Call, reply: Window | Again) -> Window | None:
    """After a submitted form the window is returned, since the answer to Slack shows it. In all other cases it is shown
    here.
    """
    window = _again(reply) if isinstance(reply, Again) else reply
    if call.kind == "submission":
        return window
    if call.view.get("type") != "modal":
        await bot.slack.open_view(call.trigger_id, window.view)
    elif window.in_place or _turns_its_page(call, window.view) or has_no_room_above(call):
        await bot.slack.update_view(_pressed_in(call), window.view)
    else:
        await bot.slack.push_view(call.trigger_id, window.view)
    return None


def _again(reply: Again) -> Window:
    return Window(kit.with_first_line(reply.form, reply.sentence))


def _turns_its_page(call: Call, view: View) -> bool:
    return bool(call.view.get("callback_id") == view.callback_id)


def has_no_room_above(call: Call) -> bool:
    """Slack stacks three windows at most."""
    below = call.view.get("previous_view_id")
    return below is not None and below != call.view.get("root_view_id")


def _pressed_in(call: Call) -> str:
    return str(call.view.get("id", ""))


async def refresh_below(bot: Bot, view_id: str, building: Awaitable[View]) -> None:
    """The window below is built anew and updated. Whatever goes wrong here undoes nothing of what was saved."""
    try:
        async with asyncio.timeout(REFRESH_SECONDS):
            await bot.slack.update_view(view_id, await building)
    except (SlackError, TimeoutError) as error:
        log.warning("window.not_refreshed", extra={"error": type(error).__name__})
    except Exception:
        log.exception("window.not_refreshed")

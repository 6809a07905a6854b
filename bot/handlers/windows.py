"""Showing a window: in place of the one whose button was pressed, on top of it, or as a new one."""

from slack_sdk.models.views import View

from bot.context import Bot
from bot.handlers.routing import Call


async def show(bot: Bot, call: Call, view: View) -> None:
    """In place of the window whose button was pressed, so that saving leads back to it; else in one of its own."""
    if call.view.get("type") == "modal":
        await update_window(bot, call, view)
    else:
        await bot.slack.open_view(call.trigger_id, view)


async def show_on_top(bot: Bot, call: Call, view: View) -> None:
    """Of the window whose button was pressed, which comes back when this one closes; else in one of its own."""
    on_top = bot.slack.push_view if call.view.get("type") == "modal" else bot.slack.open_view
    await on_top(call.trigger_id, view)


async def update_window(bot: Bot, call: Call, view: View) -> None:
    """The window whose button was pressed."""
    await bot.slack.update_view(str(call.view.get("id", "")), view)

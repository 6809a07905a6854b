"""Showing a window: in place of the one whose button was pressed, else as a new one."""

from slack_sdk.models.views import View

from bot.context import Bot
from bot.handlers.routing import Call


async def show(bot: Bot, call: Call, view: View) -> None:
    if call.view.get("type") == "modal":
        await bot.slack.update_view(str(call.view.get("id", "")), view)
    else:
        await bot.slack.open_view(call.trigger_id, view)

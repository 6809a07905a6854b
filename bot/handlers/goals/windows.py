"""Showing windows about goals, and bringing the one that lies below up to date."""

import asyncio
import logging

from slack_sdk.models.views import View

from bot import clock
from bot.context import Bot
from bot.handlers import checkins, home
from bot.handlers.routing import Call
from bot.handlers.windows import show_on_top, update_window
from bot.models import Person
from bot.models.goals import GoalReading
from bot.services import goals, people
from bot.slack import SlackError
from bot.views import goals as views
from bot.views.goals import Below, Ref

log = logging.getLogger(__name__)


async def show(bot: Bot, call: Call, view: View) -> None:
    """The same kind of window turns its page, and a third has room for none above it; all else goes on top."""
    if call.view.get("callback_id") == view.callback_id or _is_third(call):
        await update_window(bot, call, view)
    else:
        await show_on_top(bot, call, view)


def _is_third(call: Call) -> bool:
    below = call.view.get("previous_view_id")
    return below is not None and below != call.view.get("root_view_id")


async def reading(bot: Bot, call: Call, goal_id: int) -> tuple[Person, GoalReading]:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        return me, await goals.read(session, me, goal_id, now=bot.now())


async def page(bot: Bot, call: Call, goal_id: int) -> View:
    me, found = await reading(bot, call, goal_id)
    return views.page(found, me.timezone)


async def mine(bot: Bot, call: Call, number: int = 1) -> View:
    now = bot.now()
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        found = await goals.mine(session, me, page=number, now=now)
    return views.mine_page(found, clock.local(now, me.timezone).date())


async def refresh(bot: Bot, call: Call, ref: Ref, *, noted: int | None = None) -> None:
    """What lies below the saved window shows what is true now: it cannot be shown later, and undoes nothing."""
    if ref.below is None:
        await home.refresh(bot, call.user_id)
        return
    below = str(call.view.get("previous_view_id") or "")
    await refresh_window(bot, call, ref, below, noted=noted)


async def refresh_window(bot: Bot, call: Call, ref: Ref, view_id: str, *, noted: int | None = None) -> None:
    try:
        async with asyncio.timeout(home.REFRESH_SECONDS):
            await bot.slack.update_view(view_id, await _below(bot, call, ref, noted))
    except (SlackError, TimeoutError) as error:
        log.warning("goals.not_refreshed", extra={"error": type(error).__name__})


async def _below(bot: Bot, call: Call, ref: Ref, noted: int | None) -> View:
    if ref.below == Below.CHECKIN:
        return await checkins.form_for(bot, call, week=ref.week, noted=noted)
    if ref.below == Below.PAGE:
        return await page(bot, call, ref.goal_id)
    return await mine(bot, call)

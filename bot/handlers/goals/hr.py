"""HR's side of goals: coverage as counts, and periods besides the calendar's quarters."""

from slack_sdk.models.views import View

from bot.context import Bot
from bot.handlers.goals.windows import show
from bot.handlers.routing import Call, Reply
from bot.handlers.windows import update_window
from bot.services import goals, inbox, people
from bot.views import goals as views
from bot.views.goals import Ref


async def open_coverage(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        coverage = await goals.coverage(session, me, now=bot.now())
    await show(bot, call, views.coverage_page(coverage))
    return None


async def open_periods(bot: Bot, call: Call) -> Reply:
    await show(bot, call, await _periods(bot, call))
    return None


async def _periods(bot: Bot, call: Call) -> View:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        return views.periods_form(await goals.periods(session, now=bot.now(), timezone=me.timezone))


async def on_save_period(bot: Bot, call: Call) -> Reply:
    span = views.read_period(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        await goals.set_period(
            session, me, name=span.name, starts_on=span.starts_on, ends_on=span.ends_on, now=bot.now()
        )
    return None


async def on_remove_period(bot: Bot, call: Call) -> Reply:
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        await goals.remove_period(session, me, name=Ref.decode(call.value).period or "")
    await update_window(bot, call, await _periods(bot, call))
    return None

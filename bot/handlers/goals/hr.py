"""HR sees how many people have goals, and keeps periods other than calendar quarters."""

from slack_sdk.models.views import View

from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, Reply, Window
from bot.services import goals
from bot.views import goals as views
from bot.views.goals import Ref


async def open_coverage(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        coverage = await goals.coverage(session, me, now=bot.now())
    return Window(views.coverage_page(coverage))


async def open_periods(bot: Bot, call: Call) -> Reply:
    return Window(await _periods(bot, call))


async def _periods(bot: Bot, call: Call) -> View:
    async with reading(bot, call) as (session, me):
        return views.periods_form(await goals.periods(session, now=bot.now(), timezone=me.timezone))


async def on_save_period(bot: Bot, call: Call) -> Reply:
    span = views.read_period(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        await goals.set_period(
            session, me, name=span.name, starts_on=span.starts_on, ends_on=span.ends_on, now=bot.now()
        )
    return None


async def on_remove_period(bot: Bot, call: Call) -> Reply:
    async with writing(bot, call, once=Harmless("a period that is gone stays gone")) as (session, me):
        await goals.remove_period(session, me, name=Ref.decode(call.value).period or "")
    return Window(await _periods(bot, call), in_place=True)

"""`/goals`, `/goals team` and `/goals company` show lists with pages."""

from bot.context import Bot
from bot.handlers.answering import reading
from bot.handlers.goals.windows import mine, page
from bot.handlers.routing import Call, Reply, Window
from bot.services import goals
from bot.views import goals as views
from bot.views.goals import Ref


async def open_mine(bot: Bot, call: Call) -> Reply:
    return Window(await mine(bot, call, Ref.decode(call.value).page))


async def open_past(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        past = await goals.past(session, me, page=Ref.decode(call.value).page)
    return Window(views.past_page(past))


async def open_team(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        team = await goals.team(session, me, page=Ref.decode(call.value).page, now=bot.now())
    return Window(views.team_page(team))


async def open_tree(bot: Bot, call: Call) -> Reply:
    ref, now = Ref.decode(call.value), bot.now()
    async with reading(bot, call) as (session, me):
        tree = await goals.tree(session, me, period=ref.period, under=ref.under, page=ref.page, now=now)
        periods = await goals.periods(session, now=now, timezone=me.timezone)
    return Window(views.tree_page(tree, periods))


async def open_page(bot: Bot, call: Call) -> Reply:
    return Window(await page(bot, call, Ref.decode(call.value).goal_id))


async def open_history(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    async with reading(bot, call) as (session, me):
        history = await goals.history(session, me, ref.goal_id, before=ref.before)
    return Window(views.history_page(ref.goal_id, history, me.timezone))

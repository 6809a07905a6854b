"""`/goals`, `/goals team`, `/goals company`: the lists, and turning their pages."""

from bot.context import Bot
from bot.handlers.goals.windows import mine, page, show
from bot.handlers.routing import Call, Reply
from bot.services import goals, people
from bot.views import goals as views
from bot.views.goals import Ref


async def open_mine(bot: Bot, call: Call) -> Reply:
    await show(bot, call, await mine(bot, call, Ref.decode(call.value).page))
    return None


async def open_past(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        past = await goals.past(session, me, page=Ref.decode(call.value).page)
    await show(bot, call, views.past_page(past))
    return None


async def open_team(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        team = await goals.team(session, me, page=Ref.decode(call.value).page, now=bot.now())
    await show(bot, call, views.team_page(team))
    return None


async def open_tree(bot: Bot, call: Call) -> Reply:
    ref, now = Ref.decode(call.value), bot.now()
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        tree = await goals.tree(session, me, period=ref.period, under=ref.under, page=ref.page, now=now)
        periods = await goals.periods(session, now=now, timezone=me.timezone)
    await show(bot, call, views.tree_page(tree, periods))
    return None


async def open_page(bot: Bot, call: Call) -> Reply:
    await show(bot, call, await page(bot, call, Ref.decode(call.value).goal_id))
    return None


async def open_history(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        history = await goals.history(session, me, ref.goal_id, before=ref.before)
    await show(bot, call, views.history_page(ref.goal_id, history, me.timezone))
    return None

"""These handlers show the lists of goals, their part of Home, and HR's coverage and periods."""

from slack_sdk.models.views import View

from bot import clock
from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.goals.windows import mine, page
from bot.handlers.home import Visit
from bot.handlers.routing import Call, Reply, Window
from bot.services import goals
from bot.views import goals as views
from bot.views.goals import Ref
from bot.views.home import HomePart


async def open_mine(bot: Bot, call: Call) -> Reply:
    return Window(await mine(bot, call, Ref.decode(call.value).page))


async def open_past(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        past = await goals.past(session, me, page=Ref.decode(call.value).page, now=bot.now())
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
        history = await goals.history(session, me, ref.goal_id, after=ref.before)
    return Window(views.history_page(ref.goal_id, history, me.timezone))


async def home_part(visit: Visit) -> HomePart:
    session, me, now = visit.session, visit.me, visit.now
    mine = await goals.mine(session, me, now=now)
    top = await goals.top(session, me, now=now)
    team = await goals.team(session, me, now=now)
    waits = await goals.waiting(session, me, now=now)
    return HomePart(
        waiting=views.waiting_lines(waits, me.id),
        action=views.quick_action(mine),
        team=views.team_lines(team),
        hr=views.hr_entries(),
        mine=views.mine_lines(mine, clock.local(now, me.timezone).date()),
        company=views.company_line(top),
    )


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
    return Window(views.period_saved_page(span))


async def on_remove_period(bot: Bot, call: Call) -> Reply:
    async with writing(bot, call, once=Harmless("a period that is gone stays gone")) as (session, me):
        await goals.remove_period(session, me, name=Ref.decode(call.value).period or "")
    return Window(await _periods(bot, call), in_place=True)

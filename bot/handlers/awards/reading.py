"""The page about awards, and one nomination of those on it."""

from slack_sdk.models.views import View

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes
from bot.handlers.windows import show, show_on_top
from bot.services import awards, people
from bot.views import awards as views


async def open_page(bot: Bot, call: Call) -> Reply:
    await bot.slack.open_view(call.trigger_id, await page(bot, call))
    return None


async def page(bot: Bot, call: Call, *, said: str = "") -> View:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        overview = await awards.overview(session, me, now=bot.now())
    return views.page(overview, me.timezone, said=said)


async def open_nomination(bot: Bot, call: Call) -> Reply:
    await show(bot, call, await nomination_page(bot, call, views.Ref.decode(call.value).nomination_id))
    return None


async def nomination_page(bot: Bot, call: Call, nomination_id: int) -> View:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        seen = await awards.nomination(session, me, nomination_id, now=bot.now())
    return views.nomination_page(seen, me.timezone, own=seen.nominator.id == me.id)


async def open_figures(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        figures = await awards.figures(session, me, now=bot.now())
    await show_on_top(bot, call, views.figures_page(figures))
    return None


ROUTES = Routes(
    actions={views.PAGE: open_page, views.OPEN: open_nomination, views.FIGURES: open_figures},
)

"""These handlers show the page about awards and a single nomination."""

from slack_sdk.models.views import View

from bot.context import Bot
from bot.handlers.answering import reading
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import awards
from bot.views import awards as views


async def open_page(bot: Bot, call: Call) -> Reply:
    return Window(await page(bot, call))


async def page(bot: Bot, call: Call, *, news: str = "") -> View:
    async with reading(bot, call) as (session, me):
        overview = await awards.overview(session, me, now=bot.now())
    return views.page(overview, me.timezone, news=news)


async def open_nomination(bot: Bot, call: Call) -> Reply:
    return Window(await nomination_page(bot, call, views.Ref.decode(call.value).nomination_id), in_place=True)


async def nomination_page(bot: Bot, call: Call, nomination_id: int) -> View:
    async with reading(bot, call) as (session, me):
        seen = await awards.nomination(session, me, nomination_id, now=bot.now())
    return views.nomination_page(seen, me.timezone, own=seen.nominator.id == me.id)


async def open_figures(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        figures = await awards.figures(session, me, now=bot.now())
    return Window(views.figures_page(figures))


ROUTES = Routes(
    actions={views.PAGE: open_page, views.OPEN: open_nomination, views.FIGURES: open_figures},
)

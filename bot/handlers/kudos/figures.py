"""HR sees how far recognition reaches and chooses the channel for the month in review."""

from bot.context import Bot
from bot.handlers.answering import reading, writing
from bot.handlers.rooms import look_up
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import kudos
from bot.views import kudos as views


async def open_figures(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        figures = await kudos.figures(session, me, now=bot.now())
    return Window(views.figures_page(figures))


async def open_digest(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        channel = await kudos.digest_channel(session, me)
    return Window(views.digest_form(channel))


async def on_digest(bot: Bot, call: Call) -> Reply:
    channel = views.read_digest(call.view)
    if channel:
        room = await look_up(bot, channel)
        views.LOOK_BACK.require_postable([room] if room else [])
    async with writing(bot, call, once=call.key) as (session, me):
        await kudos.choose_digest_channel(session, me, channel=channel, now=bot.now())
    return Window(views.digest_saved_page(channel))


ROUTES = Routes(
    submissions={views.DIGEST: on_digest},
    actions={views.FIGURES: open_figures, views.DIGEST: open_digest},
)

"""HR chooses which Slack status counts as being away."""

from bot.context import Bot
from bot.handlers.answering import reading, writing
from bot.handlers.home import Visit
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import directory
from bot.views import absence as views
from bot.views.home import HomePart


async def open_form(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        signs = await directory.signs_for_hr(session, me)
    return Window(views.form(signs.emoji, signs.words))


async def on_save(bot: Bot, call: Call) -> Reply:
    emoji, words = views.read_form(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        await directory.choose_signs(session, me, emoji=emoji, words=words, now=bot.now())
    return Window(views.saved_page())


async def home_part(visit: Visit) -> HomePart:
    return HomePart(hr=[views.hr_entry()])


ROUTES = Routes(actions={views.SIGNS: open_form}, submissions={views.SIGNS: on_save})

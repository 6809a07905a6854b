"""HR opens the settings of check-ins from Home and saves them in a form."""

from bot.context import Bot
from bot.handlers.answering import reading, writing
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import checkins, people
from bot.views import checkins as views


async def open_settings(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        settings = await checkins.settings(session, me, packs=bot.packs)
    return Window(views.settings_form(settings))


async def on_save(bot: Bot, call: Call) -> Reply:
    choice = views.read_settings(call.view)
    picked = [choice.user_id] if choice.user_id and choice.place in (views.TEAM, views.PERSON) else []
    async with writing(bot, call, once=call.key) as (session, me):
        whom = await people.refuse_outsiders(session, picked, field="who")
        await checkins.choose_pack(
            session,
            me,
            pack=choice.pack,
            packs=bot.packs,
            person=whom[0] if choice.place == views.PERSON else None,
            team_of=whom[0] if choice.place == views.TEAM else None,
            department_id=choice.department_id,
            now=bot.now(),
        )
        await checkins.open_to_line_above(session, me, reads=choice.line_above_reads)
    return Window(views.settings_saved_page())


ROUTES = Routes(actions={views.SETTINGS: open_settings}, submissions={views.SETTINGS: on_save})

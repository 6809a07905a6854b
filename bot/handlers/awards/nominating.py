"""People nominate a colleague in a form."""

from bot.context import Bot
from bot.handlers.answering import reading, writing
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import awards, kudos, people
from bot.views import awards as views
from bot.views.kudos import people_in


async def open_form(bot: Bot, call: Call) -> Reply:
    """`/kudos nominate @ben` fills in the nominee."""
    async with reading(bot, call) as (session, _):
        types = await awards.TYPES.in_force(session)
        values = await kudos.VALUES.in_force(session)
        hr = await people.hr_admins(session, limit=views.HR_NAMED + 1)
    nominee = next(iter(people_in(call.text)), None)
    return Window(views.form(nominee, types, values, hr), in_place=True)


async def on_submit(bot: Bot, call: Call) -> Reply:
    async with writing(bot, call, once=call.key) as (session, me):
        nomination_id = await awards.nominate(session, me, views.read_form(call.view), now=bot.now())
        seen = await awards.nomination(session, me, nomination_id, now=bot.now())
    return Window(views.sent_page(seen.nominee.name, seen.award))


ROUTES = Routes(submissions={views.FORM: on_submit}, actions={views.NOMINATE: open_form})

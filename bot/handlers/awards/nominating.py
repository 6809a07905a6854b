"""Nominating a colleague, in a form."""

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes, ShowView
from bot.handlers.windows import show
from bot.services import awards, inbox, kudos, people
from bot.views import awards as views
from bot.views.kudos import people_in


async def open_form(bot: Bot, call: Call) -> Reply:
    """`/kudos nominate @ben` fills in whom."""
    async with bot.read() as session:
        await people.by_slack_id(session, call.user_id)
        types = await awards.types_in_force(session)
        values = await kudos.values_in_force(session)
        hr = await people.hr_admins(session, limit=views.HR_NAMED + 1)
    nominee = next(iter(people_in(call.text)), None)
    await show(bot, call, views.form(nominee, types, values, hr))
    return None


async def on_submit(bot: Bot, call: Call) -> Reply:
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        nomination_id = await awards.nominate(session, me, views.read_form(call.view), now=bot.now())
        seen = await awards.nomination(session, me, nomination_id, now=bot.now())
    return ShowView(views.sent_page(seen.nominee.name, seen.award))


ROUTES = Routes(submissions={views.FORM: on_submit}, actions={views.NOMINATE: open_form})

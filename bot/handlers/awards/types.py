"""HR keeps the list of awards: opens it, adds one, changes one, retires one."""

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes, ShowView
from bot.handlers.windows import show, update_window
from bot.services import awards, inbox, people
from bot.views import awards as views


async def open_types(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        types = await awards.types_for_hr(session, me)
    await show(bot, call, views.types_page(types))
    return None


async def open_type(bot: Bot, call: Call) -> Reply:
    wanted = views.Ref.decode(call.value).type
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        types = await awards.types_for_hr(session, me)
    await show(bot, call, views.type_form(next((one for one in types if one.id == wanted), None)))
    return None


async def on_save(bot: Bot, call: Call) -> Reply:
    type_id, name, meaning = views.read_type(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        if type_id is None:
            await awards.add_type(session, me, name=name, meaning=meaning, now=bot.now())
        else:
            await awards.rename_type(session, me, type_id, name=name, meaning=meaning)
        types = await awards.types_for_hr(session, me)
    return ShowView(views.types_page(types))


async def on_retire(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        await awards.retire_type(session, me, ref.type_id, now=bot.now())
        types = await awards.types_for_hr(session, me)
    await update_window(bot, call, views.types_page(types))
    return None


ROUTES = Routes(
    submissions={views.TYPE_FORM: on_save},
    actions={views.TYPES: open_types, views.TYPE_FORM: open_type, views.RETIRE: on_retire},
)

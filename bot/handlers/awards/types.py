"""HR keeps the list of awards: opens it, adds one, changes one, retires one."""

from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import awards
from bot.views import awards as views


async def open_types(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        types = await awards.types_for_hr(session, me)
    return Window(views.types_page(types), in_place=True)


async def open_type(bot: Bot, call: Call) -> Reply:
    wanted = views.Ref.decode(call.value).type
    async with reading(bot, call) as (session, me):
        types = await awards.types_for_hr(session, me)
    return Window(views.type_form(next((one for one in types if one.id == wanted), None)), in_place=True)


async def on_save(bot: Bot, call: Call) -> Reply:
    type_id, name, meaning = views.read_type(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        if type_id is None:
            await awards.add_type(session, me, name=name, meaning=meaning, now=bot.now())
        else:
            await awards.rename_type(session, me, type_id, name=name, meaning=meaning)
        types = await awards.types_for_hr(session, me)
    return Window(views.types_page(types))


async def on_retire(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with writing(bot, call, once=Harmless("an award that is retired stays retired")) as (session, me):
        await awards.retire_type(session, me, ref.type_id, now=bot.now())
        types = await awards.types_for_hr(session, me)
    return Window(views.types_page(types), in_place=True)


ROUTES = Routes(
    submissions={views.TYPE_FORM: on_save},
    actions={views.TYPES: open_types, views.TYPE_FORM: open_type, views.RETIRE: on_retire},
)

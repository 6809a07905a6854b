"""HR keeps the list of values: opens it, adds one, changes one, retires one."""

from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import kudos
from bot.views import kudos as views


async def open_values(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        values = await kudos.values_for_hr(session, me)
    return Window(views.values_page(values))


async def open_value(bot: Bot, call: Call) -> Reply:
    """In place of the list, so that saving leads back to it."""
    wanted = views.Ref.decode(call.value).value
    async with reading(bot, call) as (session, me):
        values = await kudos.values_for_hr(session, me)
    return Window(views.value_form(next((one for one in values if one.id == wanted), None)), in_place=True)


async def on_save(bot: Bot, call: Call) -> Reply:
    value_id, name, meaning = views.read_value(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        if value_id is None:
            await kudos.add_value(session, me, name=name, meaning=meaning, now=bot.now())
        else:
            await kudos.rename_value(session, me, value_id, name=name, meaning=meaning, now=bot.now())
        values = await kudos.values_for_hr(session, me)
    return Window(views.values_page(values))


async def on_retire(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with writing(bot, call, once=Harmless("a value that is retired stays retired")) as (session, me):
        await kudos.retire_value(session, me, ref.value_id, now=bot.now())
        values = await kudos.values_for_hr(session, me)
    return Window(views.values_page(values), in_place=True)


ROUTES = Routes(
    submissions={views.VALUE_FORM: on_save},
    actions={views.VALUES: open_values, views.VALUE_FORM: open_value, views.RETIRE: on_retire},
)

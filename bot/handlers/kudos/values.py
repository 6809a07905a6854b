"""HR keeps the list of values: opens it, adds one, changes one, retires one."""

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes, ShowView
from bot.handlers.windows import show, update_window
from bot.services import inbox, kudos, people
from bot.views import kudos as views


async def open_values(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        values = await kudos.values_for_hr(session, me)
    await bot.slack.open_view(call.trigger_id, views.values_page(values))
    return None


async def open_value(bot: Bot, call: Call) -> Reply:
    """In place of the list, so that saving leads back to it."""
    wanted = views.Ref.decode(call.value).value
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        values = await kudos.values_for_hr(session, me)
    await show(bot, call, views.value_form(next((one for one in values if one.id == wanted), None)))
    return None


async def on_save(bot: Bot, call: Call) -> Reply:
    value_id, name, meaning = views.read_value(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        if value_id is None:
            await kudos.add_value(session, me, name=name, meaning=meaning, now=bot.now())
        else:
            await kudos.rename_value(session, me, value_id, name=name, meaning=meaning, now=bot.now())
        values = await kudos.values_for_hr(session, me)
    return ShowView(views.values_page(values))


async def on_retire(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        await kudos.retire_value(session, me, ref.value_id, now=bot.now())
        values = await kudos.values_for_hr(session, me)
    await update_window(bot, call, views.values_page(values))
    return None


ROUTES = Routes(
    submissions={views.VALUE_FORM: on_save},
    actions={views.VALUES: open_values, views.VALUE_FORM: open_value, views.RETIRE: on_retire},
)

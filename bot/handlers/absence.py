"""HR chooses which Slack status counts as being away."""

from bot.context import Bot
from bot.handlers.routing import Call, Reply, Routes
from bot.services import directory, inbox, people
from bot.views import absence as views


async def open_form(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        signs = await directory.signs_for_hr(session, me)
    await bot.slack.open_view(call.trigger_id, views.form(signs.emoji, signs.words))
    return None


async def on_save(bot: Bot, call: Call) -> Reply:
    emoji, words = views.read_form(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        await directory.choose_signs(session, me, emoji=emoji, words=words, now=bot.now())
    return None


ROUTES = Routes(actions={views.SIGNS: open_form}, submissions={views.SIGNS: on_save})

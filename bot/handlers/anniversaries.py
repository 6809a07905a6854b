"""A manager opens the draft for an anniversary; a person says whether theirs is mentioned."""

from bot.anniversaries import shipped_conversation
from bot.context import Bot
from bot.handlers import home
from bot.handlers.routing import Call, Reply, Routes
from bot.services import anniversaries, people
from bot.views import anniversaries as views


async def open_draft(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        coming = await anniversaries.coming(session, me, ref.person, ref.day)
    await bot.slack.open_view(call.trigger_id, views.talk_page(coming, shipped_conversation(), me.timezone))
    return None


async def on_choice(bot: Bot, call: Call) -> Reply:
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        mentioned = views.chosen_on(call.value)
        await anniversaries.choose(session, me, person=me, mentioned=mentioned, now=bot.now())
    await home.refresh(bot, call.user_id)
    return None


ROUTES = Routes(actions={views.OPEN: open_draft, views.CHOOSE: on_choice})

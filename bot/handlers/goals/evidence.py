"""The message shortcut "Add to goal" keeps the link to a message as evidence."""

from bot.context import Bot
from bot.errors import Invalid
from bot.handlers.answering import reading, writing
from bot.handlers.routing import Call, Reply, Window
from bot.services import goals
from bot.views import goals as views

NO_ADDRESS = "Slack did not tell me where that message is. Try it again from the conversation it stands in."


async def open_form(bot: Bot, call: Call) -> Reply:
    if not call.permalink:
        raise Invalid(NO_ADDRESS)
    async with reading(bot, call) as (session, me):
        mine = await goals.mine(session, me, now=bot.now())
    return Window(views.evidence_form(mine, call.permalink))


async def on_submit(bot: Bot, call: Call) -> Reply:
    goal_id, permalink = views.read_evidence(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        await goals.add_evidence(session, me, goal_id, permalink=permalink, now=bot.now())
    return None

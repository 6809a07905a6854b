"""The message shortcut "Add to goal": keeps the link to a message as evidence."""

from bot.context import Bot
from bot.errors import Invalid
from bot.handlers.routing import Call, Reply
from bot.services import goals, inbox, people
from bot.views import goals as views

NO_ADDRESS = "Slack did not tell me where that message is. Try it again from the conversation it stands in."


async def open_form(bot: Bot, call: Call) -> Reply:
    if not call.permalink:
        raise Invalid(NO_ADDRESS)
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        mine = await goals.mine(session, me, now=bot.now())
    await bot.slack.open_view(call.trigger_id, views.evidence_form(mine, call.permalink))
    return None


async def on_submit(bot: Bot, call: Call) -> Reply:
    goal_id, permalink = views.read_evidence(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        await goals.add_evidence(session, me, goal_id, permalink=permalink, now=bot.now())
    return None

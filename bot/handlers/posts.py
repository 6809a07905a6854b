"""A post that Slack refused is tried once more when its author asks for it."""

from bot.context import Bot
from bot.handlers.answering import Harmless, writing
from bot.handlers.routing import Call, Reply, Routes
from bot.handlers.telling import try_to_tell
from bot.services import notifications
from bot.views import posts as views


async def on_try_again(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with writing(bot, call, once=Harmless("a post that is on its way is not posted again")) as (
        session,
        me,
    ):
        await notifications.post_again(session, me, ref.notification, now=bot.now())
    await try_to_tell(bot.slack.respond(call.response_url, views.underway_message()))
    return None


ROUTES = Routes(actions={views.TRY_AGAIN: on_try_again})

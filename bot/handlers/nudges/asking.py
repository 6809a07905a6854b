"""People choose a slower rhythm from a message, and HR starts the weekly check-in."""

from bot.context import Bot
from bot.handlers.answering import Harmless, writing
from bot.handlers.routing import Call, HomeChanged, Reply, Routes
from bot.handlers.telling import try_to_tell
from bot.services import notifications, nudges, rhythms
from bot.views import nudges as views
from bot.views.nudges import Ref


async def on_every_weeks(bot: Bot, call: Call) -> Reply:
    """Only the number of weeks changes; day and time stay. The message then shows no question any more."""
    ref = Ref.decode(call.value)
    async with writing(bot, call, once=Harmless("the same rhythm again changes nothing")) as (session, me):
        notification = await notifications.own_notification(session, me, ref.notification)
        now = await rhythms.rhythm_of(session, me, bot.packs)
        await rhythms.choose(
            session,
            me,
            person=me,
            weekday=now.weekday,
            minute=now.minute,
            every_weeks=ref.every_weeks,
            now=bot.now(),
        )
        await nudges.replan(session, me, now=bot.now(), packs=bot.packs)
        await notifications.touch(session, notification.key, now=bot.now())
        rhythm = await rhythms.rhythm_of(session, me, bot.packs)
    await try_to_tell(bot.slack.respond(call.response_url, views.slower_message(rhythm)))
    return None


async def on_start(bot: Bot, call: Call) -> Reply:
    async with writing(bot, call, once=Harmless("the check-in starts once")) as (session, me):
        await nudges.start(session, me, now=bot.now())
    return HomeChanged()


ROUTES = Routes(
    actions={
        views.EVERY_WEEKS: on_every_weeks,
        views.START: on_start,
    }
)

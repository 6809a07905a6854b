"""HR looks at how far recognition reaches, and chooses where the month's look back is posted."""

from bot.context import Bot
from bot.handlers.kudos.rooms import require_room
from bot.handlers.routing import Call, Reply, Routes, ShowView
from bot.handlers.windows import show_on_top
from bot.services import inbox, kudos, people
from bot.views import kudos as views


async def open_figures(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        figures = await kudos.figures(session, me, now=bot.now())
    await bot.slack.open_view(call.trigger_id, views.figures_page(figures))
    return None


async def open_digest(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        channel = await kudos.digest_channel(session, me)
    await show_on_top(bot, call, views.digest_form(channel))
    return None


async def on_digest(bot: Bot, call: Call) -> Reply:
    channel = views.read_digest(call.view)
    if channel:
        await require_room(bot, channel)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        await kudos.choose_digest_channel(session, me, channel=channel, now=bot.now())
    return ShowView(views.digest_saved_page(channel))


ROUTES = Routes(
    submissions={views.DIGEST: on_digest},
    actions={views.FIGURES: open_figures, views.DIGEST: open_digest},
)

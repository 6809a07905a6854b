"""App Home: what waits for me, quick actions, my check-ins, my team."""

from bot.context import Bot
from bot.errors import BotError
from bot.handlers.routing import Call, Reply, Routes
from bot.services import checkins, people
from bot.slack import Message
from bot.views import home as views

RECENT = 3


async def on_opened(bot: Bot, call: Call) -> Reply:
    """Slack sends this on every opening, of the Messages tab too."""
    if call.event.get("tab") == "home":
        await publish(bot, call.user_id)
    return None


async def show(bot: Bot, call: Call) -> Reply:
    await publish(bot, call.user_id)
    text = "Your Home tab is up to date. Open it from the top of our conversation."
    return Message(text=text, blocks=[views.said(text)])


async def publish(bot: Bot, user_id: str) -> None:
    try:
        async with bot.read() as session:
            me = await people.by_slack_id(session, user_id)
            draft = await checkins.draft(session, me, packs=bot.packs, now=bot.now())
            recent = await checkins.history(session, me, limit=RECENT)
            team = await checkins.team_week(session, me, now=bot.now())
            is_hr = await people.is_hr(session, me)
    except BotError as error:
        await bot.slack.publish_home(user_id, views.closed(error.sentence))
        return
    unwritten = None if draft.written else draft.week
    await bot.slack.publish_home(user_id, views.home(me.name, unwritten, recent.entries, team, is_hr=is_hr))


ROUTES = Routes(events={"app_home_opened": on_opened})

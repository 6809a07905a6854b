"""A manager opens the draft for an anniversary; a person chooses whether their own is mentioned."""

from datetime import timedelta

from bot.anniversaries import shipped_conversation
from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.home import Visit
from bot.handlers.routing import Call, HomeChanged, Reply, Routes, Window
from bot.services import anniversaries
from bot.timetable import Job, in_one_transaction
from bot.views import anniversaries as views
from bot.views.home import HomePart


async def open_draft(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with reading(bot, call) as (session, me):
        coming = await anniversaries.coming(session, me, ref.person, ref.day)
    return Window(views.talk_page(coming, shipped_conversation(), me.timezone))


async def on_choice(bot: Bot, call: Call) -> Reply:
    async with writing(bot, call, once=Harmless("the same choice again changes nothing")) as (session, me):
        mentioned = views.chosen_on(call.value)
        await anniversaries.choose(session, me, person=me, mentioned=mentioned, now=bot.now())
    return HomeChanged()


async def home_part(visit: Visit) -> HomePart:
    """Home shows the choice only to people whose first day is known."""
    if visit.me.start_date is None:
        return HomePart()
    mentioned = await anniversaries.is_mentioned(visit.session, visit.me)
    return HomePart(preference=views.preference(mentioned))


JOBS = (Job("plan_anniversaries", timedelta(hours=1), in_one_transaction(anniversaries.plan)),)
ROUTES = Routes(actions={views.OPEN: open_draft, views.CHOOSE: on_choice})

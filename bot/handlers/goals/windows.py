"""These functions show windows about goals and update the window below."""

from slack_sdk.models.views import View

from bot import clock
from bot.context import Bot
from bot.handlers.answering import reading
from bot.handlers.routing import Call, HomeChanged, Outdated, Reply, Window
from bot.models import Person
from bot.models.goals import GoalReading
from bot.services import goals
from bot.views import checkins
from bot.views import goals as views
from bot.views.goals import Below, Ref


async def found_goal(bot: Bot, call: Call, goal_id: int) -> tuple[Person, GoalReading]:
    async with reading(bot, call) as (session, me):
        return me, await goals.read(session, me, goal_id, now=bot.now())


async def page(bot: Bot, call: Call, goal_id: int) -> View:
    me, found = await found_goal(bot, call, goal_id)
    return views.page(found, me.timezone, now=bot.now())


async def mine(bot: Bot, call: Call, number: int = 1) -> View:
    now = bot.now()
    async with reading(bot, call) as (session, me):
        found = await goals.mine(session, me, page=number, now=now)
    return views.mine_page(found, clock.local(now, me.timezone).date())


async def page_anew(bot: Bot, call: Call, value: str) -> View:
    return await page(bot, call, Ref.decode(value).goal_id)


async def mine_anew(bot: Bot, call: Call, value: str) -> View:
    return await mine(bot, call)


async def ended(bot: Bot, call: Call, ref: Ref, title: str, sentence: str) -> Window | None:
    """A deed from a message or from Home ends in a page. Elsewhere the window below shows what became of it."""
    if ref.below is not None:
        return None
    _, found = await found_goal(bot, call, ref.goal_id)
    return Window(views.ended_page(found.summary, title, sentence))


def refreshed(call: Call, ref: Ref, *, then: Window | None = None, noted: int | None = None) -> Reply:
    """What lies below the saved window is out of date, and `then` is the reply. `noted` is explained at
    `checkins.Opened`.
    """
    if ref.below is None:
        return HomeChanged(then)
    return outdated(ref, str(call.view.get("previous_view_id") or ""), then=then, noted=noted)


def outdated(ref: Ref, view_id: str, *, then: Window | None = None, noted: int | None = None) -> Outdated:
    if ref.below == Below.CHECKIN:
        form = checkins.Ref(week=ref.week, noted=noted, more=ref.more)
        return Outdated(checkins.FORM, view_id, form.encode(), then)
    window = views.PAGE if ref.below == Below.PAGE else views.MINE
    return Outdated(window, view_id, Ref(goal=ref.goal).encode(), then)

"""When people are asked: their own preferences, and HR's rhythm for a department or the company."""

from datetime import timedelta

from slack_sdk.models.views import View

from bot import clock
from bot.context import Bot
from bot.handlers import home
from bot.handlers.routing import Call, Reply, Routes
from bot.handlers.windows import show_on_top, update_window
from bot.models import Person
from bot.services import inbox, nudges, people, rhythms
from bot.views import rhythms as views


async def open_preferences(bot: Bot, call: Call) -> Reply:
    """From a command, a message or Home: a window. From a window: on top of it."""
    view = await _preferences(bot, call)
    await show_on_top(bot, call, view)
    return None


async def _preferences(bot: Bot, call: Call) -> View:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        rhythm = await rhythms.rhythm_of(session, me, bot.packs)
    return views.preferences(rhythm, me.timezone, _working_weekdays(bot, me))


def _working_weekdays(bot: Bot, me: Person) -> list[int]:
    """One week may hold a holiday; three in a row on the same weekday would be a weekend."""
    monday = clock.week_of(clock.local(bot.now(), me.timezone).date())
    return [
        weekday
        for weekday in range(7)
        if any(
            clock.is_working_day(monday + timedelta(weeks=week, days=weekday), me.country)
            for week in range(3)
        )
    ]


async def on_save(bot: Bot, call: Call) -> Reply:
    chosen = views.read(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        await rhythms.choose(
            session,
            me,
            person=me,
            weekday=chosen.weekday,
            minute=chosen.minute,
            every_weeks=chosen.every_weeks,
            now=bot.now(),
        )
        await nudges.replan(session, me, now=bot.now(), packs=bot.packs)
    await home.refresh(bot, call.user_id)
    return None


async def on_follow(bot: Bot, call: Call) -> Reply:
    """Back to the department's rhythm; the window shows which that is."""
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        await rhythms.take_back(session, me, person=me)
        await nudges.replan(session, me, now=bot.now(), packs=bot.packs)
    await update_window(bot, call, await _preferences(bot, call))
    await home.refresh(bot, call.user_id)
    return None


async def open_settings(bot: Bot, call: Call) -> Reply:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        settings = await rhythms.settings(session, me)
    await bot.slack.open_view(call.trigger_id, views.settings(settings))
    return None


async def on_save_settings(bot: Bot, call: Call) -> Reply:
    chosen = views.read(call.view)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        await rhythms.choose(
            session,
            me,
            department_id=chosen.department_id,
            company=chosen.department_id is None,
            weekday=chosen.weekday,
            minute=chosen.minute,
            every_weeks=chosen.every_weeks,
            now=bot.now(),
        )
    return None


ROUTES = Routes(
    actions={
        views.PREFERENCES: open_preferences,
        views.FOLLOW: on_follow,
        views.SETTINGS: open_settings,
    },
    submissions={views.PREFERENCES: on_save, views.SETTINGS: on_save_settings},
)

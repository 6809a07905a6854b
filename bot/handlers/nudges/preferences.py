"""People choose when they are asked; HR chooses for a department or the company."""

from datetime import timedelta

from slack_sdk.models.views import View

from bot import clock
from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, HomeChanged, Reply, Routes, Window
from bot.models import Person
from bot.services import nudges, rhythms
from bot.views import rhythms as views


async def open_preferences(bot: Bot, call: Call) -> Reply:
    """From a command, a message or Home a window opens. From a window it opens on top."""
    return Window(await _preferences(bot, call))


async def _preferences(bot: Bot, call: Call) -> View:
    async with reading(bot, call) as (session, me):
        rhythm = await rhythms.rhythm_of(session, me, bot.packs)
    return views.preferences(rhythm, me.timezone, _working_weekdays(bot, me))


def _working_weekdays(bot: Bot, me: Person) -> list[int]:
    """Three weeks are looked at, since one may hold a holiday; a weekday free in all of them is part of the weekend."""
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
    async with writing(bot, call, once=call.key) as (session, me):
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
    return HomeChanged(Window(views.preferences_saved_page(chosen)))


async def on_follow(bot: Bot, call: Call) -> Reply:
    """The person follows the department's rhythm again, and the window shows it."""
    async with writing(bot, call, once=Harmless("following again changes nothing")) as (session, me):
        await rhythms.take_back(session, me, person=me)
        await nudges.replan(session, me, now=bot.now(), packs=bot.packs)
    return HomeChanged(Window(await _preferences(bot, call), in_place=True))


async def open_settings(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        settings = await rhythms.settings(session, me)
    return Window(views.settings(settings))


async def on_save_settings(bot: Bot, call: Call) -> Reply:
    chosen = views.read(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
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
    return Window(views.settings_saved_page(chosen))


ROUTES = Routes(
    actions={
        views.PREFERENCES: open_preferences,
        views.FOLLOW: on_follow,
        views.SETTINGS: open_settings,
    },
    submissions={views.PREFERENCES: on_save, views.SETTINGS: on_save_settings},
)

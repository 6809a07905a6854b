"""People pause messages for themselves or for people they lead: by command, from a message or on Home."""

from collections.abc import Callable
from datetime import date

from bot import clock
from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.commands import Word
from bot.handlers.home import Visit
from bot.handlers.routing import Call, HomeChanged, Reply, Routes, Window
from bot.services import pauses, people
from bot.slack import Message
from bot.views import pauses as views
from bot.views.home import HomePart


async def pause(bot: Bot, call: Call) -> Reply:
    """This answers `/rapport pause [@somebody] until Monday`. Without further words it opens the form."""
    user_id, words = views.mentioned(call.text)
    if not words:
        return await open_form(bot, call, user_id)
    return HomeChanged(await _pause(bot, call, user_id, lambda today: views.read_until(words, today=today)))


async def open_form(bot: Bot, call: Call, whom: str | None = None) -> Reply:
    async with reading(bot, call) as (session, me):
        leads = bool(await people.reports_of(session, me, limit=1)) or await people.is_hr(session, me)
    today = clock.local(bot.now(), me.timezone).date()
    return Window(views.form(today=today, for_others=leads, whom=whom))


async def on_form(bot: Bot, call: Call) -> Reply:
    asked = views.read_form(call.view)
    return HomeChanged(Window(views.window(await _pause(bot, call, asked.user_id, lambda _: asked.until))))


async def _pause(bot: Bot, call: Call, user_id: str | None, until_when: Callable[[date], date]) -> Message:
    """`until_when` takes the present day where the person lives and returns the day on which the pause ends."""
    async with writing(bot, call, once=call.key) as (session, me):
        whom = await people.refuse_outsiders(session, [user_id] if user_id else [], field=views.WHO)
        person = whom[0] if whom else me
        day = until_when(clock.local(bot.now(), person.timezone).date())
        until = pauses.morning_of(day, person, now=bot.now())
        in_force = await pauses.pause(session, me, person, until=until, now=bot.now())
    other = None if person.id == me.id else person.name
    longer = in_force.until > until
    return views.paused(in_force.until, person.timezone, now=bot.now(), name=other, already=longer)


async def resume(bot: Bot, call: Call) -> Reply:
    """This answers `/rapport resume [@somebody]`."""
    user_id, _ = views.mentioned(call.text)
    async with writing(bot, call, once=Harmless("a pause that has ended stays ended")) as (session, me):
        whom = await people.refuse_outsiders(session, [user_id] if user_id else [])
        person = whom[0] if whom else me
        was_paused = await pauses.resume(session, me, person, now=bot.now())
    other = None if person.id == me.id else person.name
    return HomeChanged(views.ended(other) if was_paused else views.not_paused(other))


async def on_resume(bot: Bot, call: Call) -> Reply:
    """Home then shows that the pause is over."""
    async with writing(bot, call, once=Harmless("a pause that has ended stays ended")) as (session, me):
        await pauses.resume(session, me, me, now=bot.now())
    return HomeChanged()


async def home_part(visit: Visit) -> HomePart:
    me, now = visit.me, visit.now
    pause = await pauses.current(visit.session, me, now)
    own = pause is not None and pause.set_by_id == me.id
    return HomePart(preference=views.preference(pause, me.timezone, now=now, own=own))


ROUTES = Routes(
    actions={views.PAUSE: open_form, views.RESUME: on_resume},
    submissions={views.FORM: on_form},
)
WORDS = (
    Word(
        "rapport pause",
        pause,
        "Silence until Monday, for 2 weeks, until 1 December; managers: pause @ana until …",
        button="Pause",
        plain=frozenset({"pause", "silence", "quiet", "stop", "vacation", "holiday"}),
    ),
    Word("rapport resume", resume, "End a pause", plain=frozenset({"resume"})),
)

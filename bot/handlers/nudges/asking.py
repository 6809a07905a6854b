"""What people press under an unasked message: snooze, not this week, why, a slower rhythm. And HR's Start."""

from datetime import datetime, timedelta

from bot import clock
from bot.context import Bot
from bot.errors import NotFound
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, HomeChanged, Reply, Routes, Window
from bot.handlers.telling import try_to_tell
from bot.models import Person
from bot.services import notifications, nudges, people, rhythms
from bot.slack import Message
from bot.views import nudges as views
from bot.views.nudges import MenuItem, Ref


async def on_menu(bot: Bot, call: Call) -> Reply:
    """The ⋯ menu: each entry carries its item."""
    ref = Ref.decode(call.value)
    if ref.item is None:
        raise NotFound(Ref.gone)
    if ref.item is MenuItem.WHY:
        return await _why(bot, call, ref.notification)
    return await _put_off(bot, call, ref.notification, ref.item)


async def _why(bot: Bot, call: Call, notification_id: int) -> Reply:
    async with reading(bot, call) as (session, me):
        notification = await notifications.of(session, me, notification_id)
        rhythm = await rhythms.rhythm_of(session, me, bot.packs)
        whom = await people.whom_to_ask(session)
    return Window(views.why_window(notification.kind, rhythm, whom))


async def _put_off(bot: Bot, call: Call, notification_id: int, item: MenuItem) -> Reply:
    now = bot.now()
    async with writing(bot, call, once=Harmless("the second moves it to the same moment")) as (session, me):
        until = None if item is MenuItem.NOT_THIS_WEEK else _until(item, me, now)
        put_off = await nudges.later(session, me, notification_id, until=until, now=now)
    await _say(bot, call, put_off, _put_off_message(put_off, me, now))
    return None


def _until(item: MenuItem, me: Person, now: datetime) -> datetime:
    """When it comes back: never at night, on a weekend or on a holiday. To the minute, so that two come together."""
    if item is MenuItem.HOUR:
        minute = now.replace(second=0, microsecond=0)
        return clock.next_open(minute + timedelta(hours=1), me.timezone, me.country)
    today = clock.local(now, me.timezone).date()
    day = today if item is MenuItem.MORNING else today + timedelta(days=6 - today.weekday())
    return clock.due_at(clock.next_working_day(day, me.country), clock.MORNING, me.timezone)


def _put_off_message(put_off: nudges.PutOff, me: Person, now: datetime) -> Message:
    if put_off.until is None and put_off.week:
        return views.not_this_week_message(put_off.week, me.timezone, now=now)
    return views.snoozed_message(put_off.until or now, put_off.week, me.timezone, now=now)


async def _say(bot: Bot, call: Call, put_off: nudges.PutOff, message: Message) -> None:
    """In place, or privately where the message says other things too."""
    if put_off.alone:
        await try_to_tell(bot.slack.update(call.channel_id, call.message_ts, message))
    else:
        await try_to_tell(bot.slack.respond(call.response_url, message))


async def on_every_weeks(bot: Bot, call: Call) -> Reply:
    """Day and time stay as they are; how often changes. The message then no longer asks."""
    ref = Ref.decode(call.value)
    async with writing(bot, call, once=Harmless("the same rhythm again changes nothing")) as (session, me):
        notification = await notifications.of(session, me, ref.notification)
        now = await rhythms.rhythm_of(session, me, bot.packs)
        await rhythms.choose(
            session,
            me,
            person=me,
            weekday=now.weekday,
            minute=now.minute,
            every_weeks=ref.every_weeks or now.every_weeks,
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
        views.MENU: on_menu,
        views.EVERY_WEEKS: on_every_weeks,
        views.START: on_start,
    }
)

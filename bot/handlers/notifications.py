"""The ⋯ menu below every unasked message puts it off, skips the week, or says why it came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from slack_sdk.models.blocks import ButtonElement

from bot import clock
from bot.context import Bot
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.handlers.telling import try_to_tell
from bot.models import Person
from bot.services import notifications, people, rhythms
from bot.services.notifications import Kind, PutOff
from bot.slack import Message
from bot.views import notifications as views
from bot.views.notifications import MenuItem, Ref

AnswerButton = Callable[[date], ButtonElement]


def routes(kinds: Mapping[str, Kind], answer_with: Mapping[str, AnswerButton]) -> Routes:
    """`answer_with` gives, for a kind that asks its reader to write about a week, the button that opens that week."""
    return Routes(actions={views.MENU: Menu(kinds, answer_with).on_pressed})


@dataclass(frozen=True, slots=True)
class Menu:
    kinds: Mapping[str, Kind]
    answer_with: Mapping[str, AnswerButton]

    async def on_pressed(self, bot: Bot, call: Call) -> Reply:
        """Each entry of the menu carries its action."""
        ref = Ref.decode(call.value)
        if ref.item is MenuItem.WHY:
            return await self._why(bot, call, ref.notification)
        return await self._put_off(bot, call, ref.notification, ref.item)

    async def _why(self, bot: Bot, call: Call, notification_id: int) -> Reply:
        async with reading(bot, call) as (session, me):
            notification = await notifications.own_notification(session, me, notification_id)
            rhythm = await rhythms.rhythm_of(session, me, bot.packs)
            whom = await people.whom_to_ask(session)
        kind = self.kinds.get(notification.kind)
        why = kind.why if kind else views.OTHER
        return Window(views.why_window(why, rhythm, whom))

    async def _put_off(self, bot: Bot, call: Call, notification_id: int, item: MenuItem) -> Reply:
        now = bot.now()
        once = Harmless("a repeat only moves it")
        async with writing(bot, call, once=once) as (session, me):
            notification = await notifications.own_notification(session, me, notification_id)
            until = None if item is MenuItem.NOT_THIS_WEEK else comes_back(item, me, now)
            kind = self.kinds.get(notification.kind)
            put_off = await notifications.later(session, me, notification, kind, until=until, now=now)
        await _say(bot, call, put_off, self._put_off_message(put_off, me, now))
        return None

    def _put_off_message(self, put_off: PutOff, me: Person, now: datetime) -> Message:
        button = self.answer_with.get(put_off.notification.kind)
        write = button(put_off.week) if button and put_off.week else None
        if put_off.until is None and put_off.week:
            return views.not_this_week_message(
                put_off.week, me.timezone, open_until=put_off.open_until, now=now, write=write
            )
        return views.snoozed_message(put_off.until or now, me.timezone, now=now, write=write)


def comes_back(item: MenuItem, me: Person, now: datetime) -> datetime:
    """A message never comes back at night, on a weekend or on a holiday. The time is a full minute, so that two
    messages can be merged.
    """
    if item is MenuItem.HOUR:
        minute = now.replace(second=0, microsecond=0)
        return clock.next_open(minute + timedelta(hours=1), me.timezone, me.country)
    today = clock.local(now, me.timezone).date()
    day = today if item is MenuItem.MORNING else today + timedelta(days=6 - today.weekday())
    return clock.due_at(clock.next_working_day(day, me.country), clock.MORNING, me.timezone)


async def _say(bot: Bot, call: Call, put_off: PutOff, message: Message) -> None:
    """The new text replaces the message, or is shown privately if the message also holds other notifications."""
    if put_off.alone:
        await try_to_tell(bot.slack.update(call.channel_id, call.message_ts, message))
    else:
        await try_to_tell(bot.slack.respond(call.response_url, message))

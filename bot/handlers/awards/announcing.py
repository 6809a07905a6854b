"""HR announces an approved award: they fill in a form, see a preview, and confirm or withdraw it."""

import asyncio
from collections.abc import Sequence

from bot.context import Bot
from bot.errors import AlreadyDone
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.awards.reading import page
from bot.handlers.rooms import look_up
from bot.handlers.routing import Call, Reply, Routes, Window
from bot.services import awards
from bot.views import awards as views


async def open_announcement(bot: Bot, call: Call) -> Reply:
    nomination_id = views.Ref.decode(call.value).nomination_id
    async with reading(bot, call) as (session, me):
        text, channels = await awards.so_far(session, me, nomination_id)
        seen = await awards.nomination(session, me, nomination_id, now=bot.now())
    return Window(views.announcement_form(seen, text, channels, me.timezone), in_place=True)


async def on_announcement(bot: Bot, call: Call) -> Reply:
    """Slack is asked about the channels before anything is saved, so that no transaction waits for it."""
    async with reading(bot, call) as (_, me):
        announced = views.read_announcement(call.view, me.timezone)
    await _require_postable(bot, announced.channels[: awards.MOST_CHANNELS])
    async with writing(bot, call, once=call.key) as (session, me):
        draft_id = await awards.draft_announcement(
            session,
            me,
            announced.nomination_id,
            text=announced.text,
            channels=announced.channels,
            due_at=announced.due_at,
            now=bot.now(),
        )
        preview = await awards.preview(session, me, draft_id)
    return Window(views.preview_page(preview, me.timezone, now=bot.now()))


async def _require_postable(bot: Bot, channels: Sequence[str]) -> None:
    """If Slack does not answer, the channel is accepted; the courier checks it again and tells the person who announced
    the award.
    """
    rooms = await asyncio.gather(*(look_up(bot, channel) for channel in channels))
    views.POSTS.require_postable([room for room in rooms if room is not None])


async def on_preview(bot: Bot, call: Call) -> Reply:
    """The first of two presses announces the award; the second shows that it is done."""
    announcement_id = views.read_preview(call.view)
    now = bot.now()
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            preview = await awards.preview(session, me, announcement_id)
            announcement = await awards.confirm(session, me, announcement_id, now=now)
        news = views.confirmation(preview, announcement.due_at or now, me.timezone, now=now)
    except AlreadyDone as error:
        news = error.sentence
    return Window(await page(bot, call, news=news))


async def on_withdraw(bot: Bot, call: Call) -> Reply:
    async with writing(bot, call, once=Harmless("an announcement that is withdrawn stays withdrawn")) as (
        session,
        me,
    ):
        nomination_id = views.Ref.decode(call.value).nomination_id
        await awards.withdraw(session, me, nomination_id, now=bot.now())
    return Window(await page(bot, call, news="Withdrawn. Nobody was told."), in_place=True)


ROUTES = Routes(
    submissions={views.ANNOUNCEMENT: on_announcement, views.PREVIEW: on_preview},
    actions={views.ANNOUNCE: open_announcement, views.WITHDRAW: on_withdraw},
)

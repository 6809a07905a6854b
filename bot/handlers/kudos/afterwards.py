"""Kudos already given can be taken back, removed by HR, echoed by reactions and read. Receivers can choose private
thanks.
"""

from contextlib import suppress

from slack_sdk.models.views import View

from bot.context import Bot
from bot.errors import AlreadyDone
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.routing import Call, Handler, Reply, Routes, Window
from bot.handlers.telling import try_to_tell
from bot.services import kudos
from bot.slack import Message
from bot.views import kudos as views


async def on_undo(bot: Bot, call: Call) -> Reply:
    """In a window the window confirms it. For a typed line the confirmation replaces the answer."""
    if call.view.get("type") != "modal":
        done = await _take_back(bot, call, views.Ref.decode(call.value).kudos_id)
        await try_to_tell(bot.slack.respond(call.response_url, done, replace_original=True))
        return None
    kudos_id = views.Ref.decode(call.value).kudos_id
    with suppress(AlreadyDone):  # the window is out of date
        await _take_back(bot, call, kudos_id)
    in_list = call.view.get("callback_id") == views.MINE
    return Window(await _mine(bot, call) if in_list else views.taken_back_page(kudos_id), in_place=True)


async def _take_back(bot: Bot, call: Call, kudos_id: int) -> Message:
    async with writing(bot, call, once=Harmless("thanks are taken back once")) as (session, me):
        event = await kudos.take_back(session, me, kudos_id, now=bot.now())
    return views.taken_back_message(event, kudos_id)


async def on_post_menu(bot: Bot, call: Call) -> Reply:
    """Everybody sees the same ⋯ menu at a post; permissions are checked when it is used."""
    wish, _, ref = call.value.partition(":")
    kudos_id = views.Ref.decode(ref).kudos_id
    removes = wish == views.REMOVE
    async with reading(bot, call) as (session, me):
        await (kudos.require_removable if removes else kudos.require_own)(session, me, kudos_id)
    return Window(views.removal_form(kudos_id) if removes else views.taking_back_form(kudos_id))


async def on_taking_back(bot: Bot, call: Call) -> Reply:
    kudos_id = views.read_taking_back(call.view)
    with suppress(AlreadyDone):  # the window is out of date
        await _take_back(bot, call, kudos_id)
    return Window(views.taken_back_page(kudos_id))


async def on_removal(bot: Bot, call: Call) -> Reply:
    kudos_id, reason = views.read_removal(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        await kudos.remove(session, me, kudos_id, reason=reason, now=bot.now())
    return Window(views.removed_page())


def _on_reaction(*, added: bool) -> Handler:
    async def react(bot: Bot, call: Call) -> Reply:
        item = call.event.get("item")
        if not isinstance(item, dict) or item.get("type") != "message":
            return None
        channel, ts, emoji = item.get("channel"), item.get("ts"), call.event.get("reaction")
        if not (isinstance(channel, str) and isinstance(ts, str) and isinstance(emoji, str)):
            return None
        async with bot.read() as session:
            kudos_id = await kudos.posted_as(session, channel=channel, ts=ts)
        if kudos_id is not None:
            async with bot.work() as session:
                await kudos.react(session, call.user_id, kudos_id, emoji=emoji, added=added)
        return None

    return react


async def open_mine(bot: Bot, call: Call) -> Reply:
    return Window(await _mine(bot, call), in_place=True)


async def open_older(bot: Bot, call: Call) -> Reply:
    ref = views.Ref.decode(call.value)
    async with reading(bot, call) as (session, me):
        page = await kudos.older(session, me, received=ref.received, after=ref.kudos_id)
    return Window(views.older_page(page, received=ref.received), in_place=True)


async def _mine(bot: Bot, call: Call) -> View:
    async with reading(bot, call) as (session, me):
        return views.mine_page(await kudos.mine(session, me, now=bot.now()))


async def on_private(bot: Bot, call: Call) -> Reply:
    """From a message or their own list people choose to be thanked in private, or in channels again."""
    wants = call.value == "on"
    async with writing(bot, call, once=Harmless("the same choice again changes nothing")) as (session, me):
        await kudos.prefer_private(session, me, person=me, in_private=wants, now=bot.now())
    if call.view.get("type") == "modal":
        return Window(await _mine(bot, call), in_place=True)
    await try_to_tell(bot.slack.respond(call.response_url, views.prefers_message(wants)))
    return None


ROUTES = Routes(
    submissions={views.REMOVAL: on_removal, views.TAKING_BACK: on_taking_back},
    actions={
        views.UNDO: on_undo,
        views.POST_MENU: on_post_menu,
        views.PRIVATE: on_private,
        views.MINE: open_mine,
        views.OLDER: open_older,
    },
    events={"reaction_added": _on_reaction(added=True), "reaction_removed": _on_reaction(added=False)},
)

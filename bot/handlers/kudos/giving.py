"""Giving kudos in a form: opened by a command, a shortcut, a message or a button; saved, then acknowledged."""

from contextlib import suppress
from dataclasses import replace

from slack_sdk.models.views import View

from bot.context import Bot
from bot.errors import BotError, NotFound
from bot.handlers.kudos.rooms import with_room
from bot.handlers.routing import Call, Reply, Routes, ShowView
from bot.models.kudos import CheckedThanks, Thanks
from bot.services import inbox, kudos, people
from bot.slack import SlackError
from bot.views import kudos as views

ABOUT_MESSAGE = "kudos.about"


async def open_form(bot: Bot, call: Call) -> Reply:
    """Where it was typed is where it will be said, else where this person last said thanks."""
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        usual = await kudos.usual_channel(session, me)
        values = await kudos.values_in_force(session)
    typed_in = call.channel_id if call.kind == "command" and call.channel_id.startswith("C") else None
    filled = views.Form(replace(views.NOTHING, channel=typed_in or usual))
    await bot.slack.open_view(call.trigger_id, views.form(filled, values))
    return None


async def open_about_message(bot: Bot, call: Call) -> Reply:
    """Whoever wrote the message is filled in, if they can be thanked."""
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        authors = await kudos.colleagues_among(session, me, [call.message_author])
    channel = call.channel_id if call.channel_id.startswith("C") else None
    filled = views.Form(
        replace(views.NOTHING, receivers=authors, channel=channel),
        views.Ref(channel=call.channel_id, ts=call.message_ts),
    )
    await bot.slack.open_view(call.trigger_id, await _form(bot, call, filled))
    return None


async def open_draft(bot: Bot, call: Call) -> Reply:
    """A typed line, in the form."""
    ref = views.Ref.decode(call.value)
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        thanks = await kudos.draft_of(session, me, ref.draft_id)
    shown = replace(thanks, receivers=thanks.receivers[: kudos.MOST_RECEIVERS])
    await bot.slack.open_view(call.trigger_id, await _form(bot, call, views.Form(shown, ref)))
    return None


async def on_changed(bot: Bot, call: Call) -> Reply:
    """Somebody or somewhere was chosen: the last line says anew who will read it. What is typed stays."""
    filled = views.read_form(call.view)
    view = await _form(bot, call, filled, hint=filled.ref.hinted)
    await bot.slack.update_view(str(call.view.get("id", "")), view)
    return None


async def _form(bot: Bot, call: Call, filled: views.Form, *, hint: bool = False) -> View:
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        values = await kudos.values_in_force(session)
        meant: CheckedThanks | None = None
        with suppress(BotError):  # said under its field when it is sent
            draft = replace(filled.thanks, text=filled.thanks.text or "…", value_id=None)
            meant = await kudos.checked(session, me, draft, now=bot.now())
    return views.form(filled, values, meant, hint=hint)


async def on_submit(bot: Bot, call: Call) -> Reply:
    """Slack is asked about the channel before anything is saved, so that no transaction waits for it."""
    filled = views.read_form(call.view)
    if filled.thanks.text and filled.is_vague and not filled.ref.hinted:
        return ShowView(await _form(bot, call, filled, hint=True))
    thanks = await with_room(bot, await _with_link(bot, filled))
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        kudos_id = await kudos.give(session, me, thanks, now=bot.now())
        if filled.ref.draft:
            with suppress(NotFound):  # its preview is still there, and must not send it a second time
                await kudos.discard_draft(session, me, filled.ref.draft)
        given = await kudos.read(session, me, kudos_id)
    return ShowView(views.sent_page(given))


async def _with_link(bot: Bot, filled: views.Form) -> Thanks:
    """Without one where the bot cannot see the message: the thanks matter more."""
    ref = filled.ref
    if not (ref.channel and ref.ts):
        return filled.thanks
    try:
        return replace(filled.thanks, link=await bot.slack.permalink(ref.channel, ref.ts))
    except SlackError:
        return filled.thanks


ROUTES = Routes(
    shortcuts={views.FORM: open_form, ABOUT_MESSAGE: open_about_message},
    submissions={views.FORM: on_submit},
    actions={views.GIVE: open_form, views.EDIT: open_draft, views.CHANGED: on_changed},
)

"""People give kudos in a form. A command, a shortcut, a message or a button opens it; it is saved before Slack is
answered.
"""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from slack_sdk.models.views import View

from bot.context import Bot
from bot.errors import BotError
from bot.handlers.answering import reading, writing
from bot.handlers.kudos.rooms import placed
from bot.handlers.routing import Call, Choices, Reply, Routes, Window
from bot.models import CompanyValue
from bot.models.kudos import CheckedThanks
from bot.services import checkins, goals, kudos, people
from bot.slack import SlackError
from bot.views import kudos as views

ABOUT_MESSAGE = "kudos.about"
WORDS_OF_THANKS = re.compile(r"^\s*(?:(?:many )?thanks|thank you|kudos)(?: to)?[\s,:!]*", re.IGNORECASE)


async def open_form(bot: Bot, call: Call) -> Reply:
    """The channel is the one where the command was typed, else the one this person used last."""
    ref = views.Ref.decode(call.value)
    if ref.kudos:
        return await _open_anew(bot, call, ref.kudos)
    if ref.checkin:
        return await _open_after_checkin(bot, call, ref.checkin)
    if call.text:
        return await _open_with_words(bot, call)
    async with reading(bot, call) as (session, me):
        usual = await kudos.usual_channel(session, me)
        values = await kudos.VALUES.in_force(session)
    typed_in = call.channel_id if call.kind == "command" and call.channel_id.startswith("C") else None
    filled = views.Form(replace(views.NOTHING, channel=typed_in or usual))
    return Window(views.form(filled, values))


async def _open_anew(bot: Bot, call: Call, kudos_id: int) -> Reply:
    """The form starts with the person's earlier thanks."""
    async with reading(bot, call) as (session, me):
        thanks = await kudos.to_say_anew(session, me, kudos_id)
    return Window(await _form(bot, call, views.Form(thanks)), in_place=True)


async def _open_with_words(bot: Bot, call: Call) -> Reply:
    """The form starts with what the person wrote to the bot. Whom it names are thanked."""
    line = views.read_typed(WORDS_OF_THANKS.sub("", call.text))
    async with reading(bot, call) as (session, me):
        named = await people.mentioned(session, f"@{line.text[:1].upper()}{line.text[1:]}")
        receivers = await kudos.colleagues_among(session, me, [*line.users, *named])
        names = await people.names_of(session, [*views.people_in(line.text), *named])
        usual = await kudos.usual_channel(session, me)
    text = views.without_name(views.spelled_out(line.text, names), [names[one] for one in named])
    thanks = replace(views.NOTHING, receivers=receivers, text=text, channel=usual)
    filled, note = views.trimmed(views.Form(thanks))
    return Window(await _form(bot, call, filled, note=note))


async def _open_after_checkin(bot: Bot, call: Call, checkin_id: int) -> Reply:
    """The form starts with what this person wrote about their helpers. It is private, like the check-in, until they
    choose a channel.
    """
    async with reading(bot, call) as (session, me):
        told = await checkins.help_told(session, me, checkin_id, packs=bot.packs)
        ids = views.people_in(told)
        named = await people.mentioned(session, told)
        receivers = await kudos.colleagues_among(session, me, [*ids, *named])
        text = views.with_names(told, await people.names_of(session, ids))
    filled, note = views.from_checkin(receivers, text)
    return Window(await _form(bot, call, filled, note=note), in_place=True)


async def open_about_message(bot: Bot, call: Call) -> Reply:
    """The form names the author of the message, if they can be thanked."""
    async with reading(bot, call) as (session, me):
        authors = await kudos.colleagues_among(session, me, [call.message_author])
    channel = call.channel_id if call.channel_id.startswith("C") else None
    filled = views.Form(
        replace(views.NOTHING, receivers=authors, channel=channel),
        views.Ref(channel=call.channel_id, ts=call.message_ts),
    )
    return Window(await _form(bot, call, filled))


async def open_draft(bot: Bot, call: Call) -> Reply:
    """The form starts with the typed line."""
    ref = views.Ref.decode(call.value)
    async with reading(bot, call) as (session, me):
        thanks = await kudos.draft_of(session, me, ref.draft_id)
    filled, note = views.trimmed(views.Form(thanks, ref))
    return Window(await _form(bot, call, filled, note=note))


async def on_changed(bot: Bot, call: Call) -> Reply:
    """After each choice of people or channel the last line names the new readers. Slack keeps what was typed."""
    filled = views.read_form(call.view)
    return Window(await _form(bot, call, filled, hint=filled.ref.hinted), in_place=True)


@dataclass(frozen=True, slots=True)
class _Known:
    """The form needs the values on offer, the title of the chosen goal, and the thanks as the service checked them."""

    values: Sequence[CompanyValue]
    goal: str | None
    checked: CheckedThanks | None

    def form(self, filled: views.Form, *, hint: bool = False, note: str = "") -> View:
        return views.form(filled, self.values, self.checked, goal=self.goal, hint=hint, note=note)


async def _form(bot: Bot, call: Call, filled: views.Form, *, hint: bool = False, note: str = "") -> View:
    return (await _known(bot, call, filled)).form(filled, hint=hint, note=note)


async def _known(bot: Bot, call: Call, filled: views.Form) -> _Known:
    goal_id = filled.thanks.goal_id
    async with reading(bot, call) as (session, me):
        values = await kudos.VALUES.in_force(session)
        titles = await goals.titles(session, [goal_id] if goal_id else [])
        checked: CheckedThanks | None = None
        with suppress(BotError):  # submitting shows the error under its field
            draft = replace(filled.thanks, text=filled.thanks.text or "…", value_id=None, goal_id=None)
            checked = await kudos.checked(session, me, draft, now=bot.now())
    return _Known(values, titles.get(goal_id) if goal_id else None, checked)


async def suggest_goals(bot: Bot, call: Call) -> Reply:
    async with reading(bot, call) as (session, me):
        lines = await goals.to_name(session, me, words=call.text, now=bot.now())
    return Choices(views.goal_choices(lines))


async def on_submit(bot: Bot, call: Call) -> Reply:
    """Slack is asked about the channel before anything is saved, so that no transaction waits for it."""
    filled = views.read_form(call.view)
    known = await _known(bot, call, filled)
    if again := _to_look_at(filled, known):
        return Window(again)
    (room, note), link = await asyncio.gather(placed(bot, filled.thanks), _link(bot, filled.ref))
    if note:
        moved = views.moved(filled, room)
        return Window(await _form(bot, call, moved, hint=filled.ref.hinted, note=note))
    thanks = replace(room, channel=known.checked.channel if known.checked else room.channel, link=link)
    async with writing(bot, call, once=call.key) as (session, me):
        if filled.ref.draft:  # the preview can send it too; only the first send counts
            await kudos.discard_draft(session, me, filled.ref.draft)
        kudos_id = await kudos.give(session, me, thanks, now=bot.now())
        given = await kudos.read(session, me, kudos_id)
    return Window(views.sent_page(given))


def _to_look_at(filled: views.Form, known: _Known) -> View | None:
    """The form opens again to ask what the thanks changed, or because its last line named other readers than the thanks
    will have.

    Slack shows the answers to two quick choices in any order, and people change how they want to be thanked.
    """
    asks = bool(filled.thanks.text) and filled.is_vague and not filled.ref.hinted
    moved = known.checked is not None and known.checked.channel != filled.ref.said
    if not (asks or moved):
        return None
    note = views.LOOK_AGAIN if moved else ""
    return known.form(filled, hint=asks or filled.ref.hinted, note=note)


async def _link(bot: Bot, ref: views.Ref) -> str | None:
    """The link is None if the bot cannot see the message: the thanks are given all the same."""
    if not (ref.channel and ref.ts):
        return None
    try:
        return await bot.slack.permalink(ref.channel, ref.ts)
    except SlackError:
        return None


ROUTES = Routes(
    shortcuts={views.FORM: open_form, ABOUT_MESSAGE: open_about_message},
    submissions={views.FORM: on_submit},
    actions={views.GIVE: open_form, views.EDIT: open_draft, views.CHANGED: on_changed},
    suggestions={views.GOAL: suggest_goals},
)

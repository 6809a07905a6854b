"""`/kudos @ana @ben for the import #craft` is shown to its author, who then sends, edits or drops it."""

import asyncio
from dataclasses import replace

from bot.context import Bot
from bot.errors import Invalid
from bot.handlers.answering import Harmless, writing
from bot.handlers.kudos.rooms import placed
from bot.handlers.routing import Call, Reply, Routes
from bot.handlers.telling import try_to_tell
from bot.models.kudos import Thanks
from bot.services import kudos, people
from bot.slack import SlackError
from bot.views import kudos as views

NO_GROUP = "Slack does not tell me who is in that group. Name the people instead."


async def on_line(bot: Bot, call: Call) -> Reply:
    """The line is stored before it is checked, so that an error loses nothing."""
    line = views.read_typed(call.text)
    draft_id, kept = await _keep(bot, call, line)
    try:
        thanks, of_group = await _with_groups(bot, call, line, kept, draft_id)
        ready, note = await placed(bot, thanks)
        async with writing(bot, call, once=Harmless("the draft is the same one, with the same words")) as (
            session,
            me,
        ):
            checked = await kudos.checked(session, me, ready, now=bot.now())
            await kudos.change_draft(session, me, draft_id, replace(ready, channel=checked.channel))
    except Invalid as error:
        return views.refused_message(error.sentence, draft_id)
    left_out = len({*of_group, *line.users}) - len(checked.receivers)
    return views.preview_message(checked, draft_id, left_out=left_out, group=bool(of_group), note=note)


async def _keep(bot: Bot, call: Call, line: views.TypedKudos) -> tuple[int, Thanks]:
    async with writing(bot, call, once=Harmless("a second draft expires if nobody sends it")) as (
        session,
        me,
    ):
        names = await people.names_of(session, views.people_in(line.text))
        values = {tag: await kudos.value_called(session, tag) for tag in line.tags}
        tag = next((tag for tag, value in values.items() if value), "")
        value = values.get(tag)
        channel, words = views.placed(line.text, tag=tag)
        typed_in = call.channel_id if call.channel_id.startswith("C") else None
        thanks = Thanks(
            receivers=line.users,
            text=views.spelled_out(words, names),
            value_id=value.id if value else None,
            channel=channel or typed_in,
        )
        return await kudos.keep_draft(session, me, thanks, now=bot.now()), thanks


async def _with_groups(
    bot: Bot, call: Call, line: views.TypedKudos, thanks: Thanks, draft_id: int
) -> tuple[Thanks, set[str]]:
    """Members of the groups who can be thanked become receivers. The result also holds all members."""
    if not line.groups:
        return thanks, set()
    try:
        members = await asyncio.gather(*map(bot.slack.group, line.groups))
    except SlackError as error:
        raise Invalid(NO_GROUP, field="who") from error
    everybody = {one for group in members for one in group}
    async with writing(bot, call, once=Harmless("the draft is the same one, with the same people")) as (
        session,
        me,
    ):
        found = await kudos.colleagues_among(session, me, sorted(everybody))
        thanks = replace(thanks, receivers=tuple(dict.fromkeys([*thanks.receivers, *found])))
        await kudos.change_draft(session, me, draft_id, thanks)
    return thanks, everybody


async def on_send(bot: Bot, call: Call) -> Reply:
    """The first of two presses sends; the second finds the draft gone and says so."""
    ref = views.Ref.decode(call.value)
    async with writing(bot, call, once=call.key) as (session, me):
        thanks = await kudos.take_draft(session, me, ref.draft_id)
        kudos_id = await kudos.give(session, me, thanks, now=bot.now())
        given = await kudos.read(session, me, kudos_id)
    sent = views.sent_message(views.plain_names(given.named), kudos_id)
    await try_to_tell(bot.slack.respond(call.response_url, sent, replace_original=True))
    return None


ROUTES = Routes(actions={views.SEND: on_send})

"""`/kudos @ana @ben for the import #craft`: shown to its author first, then sent, edited or left."""

from collections.abc import Sequence

from bot.context import Bot
from bot.errors import Invalid
from bot.handlers.kudos.rooms import with_room
from bot.handlers.routing import Call, Reply, Routes
from bot.models.kudos import Thanks
from bot.services import inbox, kudos, people
from bot.slack import SlackRefused
from bot.views import kudos as views

NO_GROUP = "Slack does not tell me who is in that group. Name the people instead: /kudos @ana @ben …"


async def on_line(bot: Bot, call: Call) -> Reply:
    """The line is kept before anything about it can be wrong."""
    line = views.read_line(call.text)
    group = [one for group_id in line.groups for one in await _members(bot, group_id)]
    thanks = await _meant(bot, call, line, group)
    async with bot.work() as session:
        me = await people.by_slack_id(session, call.user_id)
        draft_id = await kudos.keep_draft(session, me, thanks, now=bot.now())
    try:
        ready = await with_room(bot, thanks)
        async with bot.work() as session:
            me = await people.by_slack_id(session, call.user_id)
            meant = await kudos.checked(session, me, ready, now=bot.now())
            await kudos.change_draft(session, me, draft_id, ready)
    except Invalid as error:
        return views.refused_message(error.sentence, draft_id)
    left_out = len({*group, *line.users}) - len(meant.receivers)
    return views.preview_message(meant, draft_id, left_out=left_out, group=bool(group))


async def _members(bot: Bot, group_id: str) -> Sequence[str]:
    try:
        return await bot.slack.group(group_id)
    except SlackRefused as error:
        raise Invalid(NO_GROUP, field="who") from error


async def _meant(bot: Bot, call: Call, line: views.Line, group: Sequence[str]) -> Thanks:
    """Ids become people, names and the value that a #tag or a channel of that name means."""
    async with bot.read() as session:
        me = await people.by_slack_id(session, call.user_id)
        of_group = await kudos.colleagues_among(session, me, group)
        names = await people.names_of(session, views.people_in(line.text))
        tags = {tag: await kudos.value_called(session, tag) for tag in (*line.tags, *line.channels) if tag}
    tag = next((tag for tag, value in tags.items() if value), "")
    value = tags.get(tag)
    rooms = [channel for name, channel in line.channels.items() if not name or not tags.get(name)]
    typed_in = [call.channel_id] if call.channel_id.startswith("C") else []
    return Thanks(
        receivers=tuple(dict.fromkeys([*line.users, *of_group])),
        text=views.spelled_out(line.text, names, tag=tag),
        value_id=value.id if value else None,
        channel=next(iter([*rooms, *typed_in]), None),
    )


async def on_send(bot: Bot, call: Call) -> Reply:
    """Of two presses one sends; the second finds the draft gone and says so calmly."""
    ref = views.Ref.decode(call.value)
    async with bot.work() as session:
        await inbox.accept(session, call.key, now=bot.now())
        me = await people.by_slack_id(session, call.user_id)
        thanks = await kudos.take_draft(session, me, ref.draft_id)
        kudos_id = await kudos.give(session, me, thanks, now=bot.now())
        given = await kudos.read(session, me, kudos_id)
    sent = views.sent_message(views.plain_names(given.named), kudos_id)
    await bot.slack.respond(call.response_url, sent, replace_original=True)
    return None


ROUTES = Routes(actions={views.SEND: on_send})

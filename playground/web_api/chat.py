"""chat.*: posting, changing and deleting the app's own messages."""

from playground.content import Content
from playground.errors import SlackError, missing_argument
from playground.team import Posting
from playground.types import Payload
from playground.web_api.call import Call
from playground.workspace import Channel, Message

LOOKS = ("username", "icon_emoji", "icon_url")


def post_message(call: Call) -> Payload:
    channel = _destination(call)
    content = _something_to_say(call)
    if any(call.maybe(name) for name in LOOKS):
        call.demand("chat:write.customize")
    thread_ts = _thread(call, channel)
    call.team.limits.count_message(channel.id)
    message = call.team.say(channel, content, Posting(thread_ts=thread_ts))
    return {"channel": channel.id, "ts": message.ts, "message": message.as_slack(call.team.team_id)}


def post_ephemeral(call: Call) -> Payload:
    user_id, channel = call.text("user"), _writable(call, call.channel())
    member = call.team.workspace.members.get(user_id)
    if user_id not in channel.members or member is None or member.deleted:
        raise SlackError("user_not_in_channel")
    content = _something_to_say(call)
    posting = Posting(thread_ts=_thread(call, channel), ephemeral_to=user_id)
    return {"message_ts": call.team.say(channel, content, posting).ts}


def update(call: Call) -> Payload:
    """A user id is no address here; ephemeral messages and those of others cannot be changed."""
    channel = call.channel()
    message = _own_message(call, channel, "ts", "cant_update_message")
    content = call.content()
    if content.is_empty and content.metadata is None:
        raise SlackError("no_text")
    call.team.change(message, content)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_slack(call.team.team_id),
    }


def delete(call: Call) -> Payload:
    channel = call.channel()
    message = _own_message(call, channel, "ts", "cant_delete_message")
    del channel.messages[message.ts]
    call.ground.activity.changed()
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Payload:
    channel, ts = call.channel(), call.text("message_ts")
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    link = f"https://{call.team.workspace.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _destination(call: Call) -> Channel:
    """A conversation id, a public channel's name, or a person's id for the app's DM with them."""
    wanted = call.text("channel")
    workspace = call.team.workspace
    if wanted in workspace.members:
        return _writable(call, _dm_with(call, wanted))
    named = workspace.channel_named(wanted) if wanted not in workspace.channels else None
    return _writable(call, named if named and named.kind == "public_channel" else call.channel())


def _dm_with(call: Call, user_id: str) -> Channel:
    """Bots, Slackbot and people who have left cannot be written to."""
    if not call.team.workspace.members[user_id].is_person:
        raise SlackError("channel_not_found")
    return call.team.dm_of(user_id)


def _writable(call: Call, channel: Channel) -> Channel:
    installed = call.team.installed
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.is_direct and not installed.app.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    may_post_anywhere = channel.kind == "public_channel" and "chat:write.public" in installed.scopes
    if installed.bot.id not in channel.members and not may_post_anywhere:
        raise SlackError("not_in_channel")
    return channel


def _something_to_say(call: Call) -> Content:
    content = call.content()
    if content.is_empty:
        raise SlackError("no_text")
    return content


def _thread(call: Call, channel: Channel) -> str | None:
    """Only the ts of a parent opens a thread; that of a reply or of nothing does not."""
    thread_ts = call.maybe("thread_ts")
    if not thread_ts:
        return None
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.thread_ts not in (None, parent.ts):
        raise SlackError("cannot_reply_to_message")
    return thread_ts


def _own_message(call: Call, channel: Channel, name: str, not_mine: str) -> Message:
    ts = call.maybe(name)
    if not ts:
        raise missing_argument(name)
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    if message.bot_id != call.team.installed.bot_id:
        raise SlackError(not_mine)
    return message

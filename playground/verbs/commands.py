"""Typing a slash command: escaping, delivery, and the answer in the ack."""

import json
import re
from collections.abc import Iterator

from playground.answers import answer_command
from playground.delivery.reply import Delivery, Reply
from playground.errors import SlackError
from playground.manifest import Command
from playground.response_urls import ResponseUrl
from playground.team import Team
from playground.triggers import Trigger
from playground.types import Payload
from playground.verbs.outcome import Outcome
from playground.workspace import Channel, Workspace

UNKNOWN = (
    "{command} is not a valid command. In Slack, all messages that start with the “/” character are "
    "interpreted as commands.\nIf you are trying to send a message and not run a command, try preceding "
    "the “/” with an empty space."
)
FAILED = '{command} failed with the error "{error}"'
INVITE = "/invite"
NOBODY_INVITED = (
    "Nobody was invited. In a channel, type /invite and the @name of somebody who is not in it yet."
)
MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
URL = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")
BROADCAST = re.compile(r"(?<!\S)@(here|channel|everyone)\b")


async def send_command(team: Team, user_id: str, channel_id: str, command: str, text: str) -> Outcome:
    if command == INVITE:
        return _invite(team, user_id, channel_id, text)
    known = team.installed.app.manifest.commands.get(command)
    if known is None or "commands" not in team.installed.scopes or team.installed.revoked:
        return Outcome(notice=team.show_notice(user_id, UNKNOWN.format(command=command), "composer"))
    channel = team.workspace.channels[channel_id]
    trigger = team.triggers.issue(user_id)
    url = team.response_urls.issue("commands", user_id, channel_id)
    seen = len(team.workspace.ephemerals_of(user_id))
    payload = _payload(team, trigger, channel, url, known, text)
    reply = await team.post.send(Delivery("command", payload))
    outcome = Outcome(view=team.views.get(trigger.opened or ""))
    if problem := _problem(reply):
        sentence = FAILED.format(command=command, error=problem)
        outcome.notice = team.show_notice(user_id, sentence, "composer")
    else:
        _take_answer(team, url, reply, outcome)
    outcome.ephemerals = team.workspace.ephemerals_of(user_id)[seen:]
    return outcome


def _invite(team: Team, user_id: str, channel_id: str, text: str) -> Outcome:
    """Slack's own command: lets people and apps into the channel it is typed in."""
    workspace, channel = team.workspace, team.workspace.channels[channel_id]
    invited = [one for one in MENTION.findall(escape(workspace, text)) if one not in channel.members]
    if channel.kind not in ("public_channel", "private_channel") or not invited:
        return Outcome(notice=team.show_notice(user_id, NOBODY_INVITED, "composer"))
    channel.members.extend(invited)
    team.ground.activity.changed()
    return Outcome()


def _payload(
    team: Team, trigger: Trigger, channel: Channel, url: ResponseUrl, command: Command, text: str
) -> Payload:
    user_id, app = trigger.user_id, team.installed.app
    return {
        "token": app.verification_token,
        "team_id": team.team_id,
        "team_domain": team.workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.shown_name,
        "user_id": user_id,
        "user_name": team.workspace.members[user_id].name,
        "command": command.name,
        "text": escape(team.workspace, text.strip()) if command.should_escape else text.strip(),
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
        "response_url": team.ground.url + url.path,
        "trigger_id": trigger.id,
    }


def _problem(reply: Reply) -> str:
    if reply.taken:
        return ""
    return "operation_timeout" if reply.timed_out else "dispatch_failed"


def _take_answer(team: Team, url: ResponseUrl, reply: Reply, outcome: Outcome) -> None:
    """The ack's body: nothing, plain text, or a message as JSON."""
    try:
        args = _message_in(reply)
        said = answer_command(team, url, args) if args else None
    except (SlackError, ValueError):
        sentence = "The app sent an answer that Slack could not show."
        outcome.notice = team.show_notice(url.user_id, sentence, "composer")
        return
    if said and not said.ephemeral_to:
        outcome.messages.append(said)


def _message_in(reply: Reply) -> Payload:
    if not reply.body.strip():
        return {}
    if not reply.is_json:
        return {"text": reply.body}
    args = json.loads(reply.body)
    if isinstance(args, str):
        return {"text": args}
    if not isinstance(args, dict):
        raise ValueError("neither text nor a message")
    return args


def escape(workspace: Workspace, text: str) -> str:
    """What `should_escape` does to a line as typed: names become ids, links and broadcasts get brackets."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = URL.sub(lambda found: f"<{found[0]}>", safe)
    safe = BROADCAST.sub(r"<!\1>", safe)
    lowered = safe.lower()
    meant = {name.lower(): code for name, code in _names(workspace) if name.lower() in lowered}
    if not meant:
        return safe
    longest_first = sorted(map(re.escape, meant), key=len, reverse=True)  # `@Ana Silva` wins over `@Ana`
    spoken = re.compile(rf"(?<![\w<@#])(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
    return spoken.sub(lambda found: meant[found[0].lower()], safe)


def _names(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """What can be typed for whom; of two people with one name the later wins, as nobody can tell them apart."""
    for member in workspace.members.values():
        if not member.deleted:
            for name in filter(None, (member.real_name, member.display_name, member.name)):
                yield f"@{name}", f"<@{member.id}>"
    for group in workspace.usergroups.values():
        yield f"@{group.handle}", f"<!subteam^{group.id}|@{group.handle}>"
    for channel in workspace.channels.values():
        if channel.kind in ("public_channel", "private_channel"):
            shown = channel.name if channel.kind == "public_channel" else ""
            yield f"#{channel.name}", f"<#{channel.id}|{shown}>"

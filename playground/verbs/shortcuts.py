"""Global and message shortcuts."""

from playground.delivery.reply import Delivery
from playground.team import Team
from playground.types import Payload
from playground.verbs.outcome import Outcome
from playground.verbs.payloads import action_ts, channel_of, origin
from playground.workspace import Message

FAILED = "That shortcut didn’t work. Please try again."
NOT_THERE = "There is no such shortcut."


async def shortcut(team: Team, user_id: str, callback_id: str) -> Outcome:
    return await _start(team, user_id, callback_id, "global", {"type": "shortcut"})


async def message_shortcut(team: Team, user_id: str, callback_id: str, message: Message) -> Outcome:
    """Slack offers it on messages everybody sees; on an ephemeral one it is not in the menu."""
    if message.ephemeral_to:
        return Outcome(notice=team.show_notice(user_id, NOT_THERE, "toast"))
    url = team.response_urls.issue("app", user_id, message.channel_id, message)
    about: Payload = {
        "type": "message_action",
        "message_ts": message.ts,
        "channel": channel_of(team.workspace.channels[message.channel_id]),
        "message": message.as_slack(team.team_id),
        "response_url": team.ground.url + url.path,
    }
    return await _start(team, user_id, callback_id, "message", about)


async def _start(team: Team, user_id: str, callback_id: str, kind: str, about: Payload) -> Outcome:
    known = team.installed.app.manifest.shortcuts.get(callback_id)
    if known is None or known.kind != kind or "commands" not in team.installed.scopes:
        return Outcome(notice=team.show_notice(user_id, NOT_THERE, "toast"))
    trigger = team.triggers.issue(user_id)
    seen = len(team.workspace.ephemerals_of(user_id))
    payload = about | origin(team, user_id)
    payload |= {"callback_id": callback_id, "trigger_id": trigger.id, "action_ts": action_ts(team)}
    reply = await team.post.send(Delivery("interactive", payload))
    outcome = Outcome(
        view=team.views.get(trigger.opened or ""),
        ephemerals=team.workspace.ephemerals_of(user_id)[seen:],
    )
    if not reply.taken:
        outcome.notice = team.show_notice(user_id, FAILED, "toast")
    return outcome

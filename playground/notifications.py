"""Whom a new message pings, and why: direct messages, mentions, and the broadcasts nobody should send."""

import re
from collections.abc import Iterator
from typing import Any

from playground.workspace import Channel, Message, Ping, Why, Workspace

USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>")
BROADCAST = re.compile(r"<!(?:here|channel|everyone)(?:\|[^>]*)?>")


def notify(workspace: Workspace, channel: Channel, message: Message) -> None:
    """Writes the pings into the ledger. An update pings nobody, as in Slack: do not come here with one."""
    reasons = _reasons(workspace, channel, message)
    for user_id in channel.members:
        member = workspace.members[user_id]
        if member.is_person and user_id != message.user and user_id in reasons:
            why = reasons[user_id]
            workspace.ledger.pings.append(
                Ping(workspace.clock(), user_id, channel.id, message.ts, message.text, why, message.metadata)
            )


def _reasons(workspace: Workspace, channel: Channel, message: Message) -> dict[str, Why]:
    """Person → the strongest reason: a direct message before a mention before a broadcast."""
    reasons: dict[str, Why] = {}
    spoken = "\n".join((message.text, *_mrkdwn(message.blocks), *_mrkdwn(message.attachments)))
    if BROADCAST.search(spoken):
        reasons |= dict.fromkeys(channel.members, "channel")
    named = set(USER.findall(spoken))
    for group_id in GROUP.findall(spoken):
        named |= set(workspace.usergroups[group_id].users) if group_id in workspace.usergroups else set()
    reasons |= dict.fromkeys(named, "mention")
    if channel.kind in ("im", "mpim"):
        reasons |= dict.fromkeys(channel.members, "dm")
    return reasons


def _mrkdwn(value: Any) -> Iterator[str]:
    """Every text in which Slack looks for mentions; `plain_text` is shown as it stands."""
    if isinstance(value, list):
        for one in value:
            yield from _mrkdwn(one)
    elif isinstance(value, dict):
        yield from _spoken_by(value)
        for one in value.values():
            yield from _mrkdwn(one)


def _spoken_by(node: dict[str, Any]) -> Iterator[str]:
    match node:
        case {"type": "mrkdwn" | "markdown", "text": str(text)}:
            yield text
        case {"type": "user", "user_id": str(user_id)}:
            yield f"<@{user_id}>"
        case {"type": "usergroup", "usergroup_id": str(group_id)}:
            yield f"<!subteam^{group_id}>"
        case {"type": "broadcast", "range": str(reach)}:
            yield f"<!{reach}>"

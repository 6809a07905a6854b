"""conversations.history and conversations.replies: reading messages back."""

import re

from playground.errors import SlackError
from playground.types import Payload
from playground.web_api.call import Call
from playground.web_api.paging import page
from playground.workspace import Channel, Message

MOST = 999
TIMESTAMP = re.compile(r"\d+(\.\d{1,6})?")


def history(call: Call) -> Payload:
    """Newest first. Replies in threads are not part of it."""
    channel = _readable(call)
    found = [one for one in channel.messages.values() if one.thread_ts in (None, one.ts)]
    return _answer(call, list(reversed(_within(call, found))), default=100)


def replies(call: Call) -> Payload:
    """Parent first, then its replies, oldest first."""
    channel, ts = _readable(call), call.text("ts")
    parent = channel.messages.get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    found = [one for one in channel.messages.values() if root in (one.ts, one.thread_ts)]
    return _answer(call, _within(call, found), default=MOST)


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.demand(f"{channel.family}:history")
    if call.team.installed.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _within(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    inclusive = call.flag("inclusive")

    def fits(ts: float) -> bool:
        if inclusive and ts in (oldest, latest):
            return True
        return (oldest is None or ts > oldest) and (latest is None or ts < latest)

    return [one for one in messages if fits(float(one.ts))]


def _bound(call: Call, name: str) -> float | None:
    given = call.maybe(name)
    if not given or given in ("0", "now"):
        return None
    if not TIMESTAMP.fullmatch(given):
        raise SlackError(f"invalid_ts_{name}")
    return float(given)


def _answer(call: Call, messages: list[Message], default: int) -> Payload:
    """`include_all_metadata` decides whether the payload of metadata comes along."""
    limit = call.number("limit", default, most=MOST)
    shown, more = page(messages, call.maybe("cursor"), limit)
    everything = call.flag("include_all_metadata")
    return {
        "messages": [one.as_slack(call.team.team_id, all_metadata=everything) for one in shown],
        "has_more": bool(more["response_metadata"]["next_cursor"]),
        "pin_count": 0,
        **more,
    }

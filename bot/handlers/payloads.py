"""A payload with a valid signature is read as a call: command, event, button, form, shortcut or menu."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.handlers.routing import Call


def read_call(body: Mapping[str, Any], prefix: str = "") -> Call:
    """Raises `KeyError`, `TypeError` or `IndexError` on shapes that Slack does not send."""
    if "command" in body:
        return _command(body, prefix)
    if body.get("type") == "event_callback":
        return _event(body)
    return _interaction(body)


def _command(body: Mapping[str, Any], prefix: str) -> Call:
    """People type a command with a capital, too; Slack hands it over as it was typed."""
    word = _text(body["command"]).lower().removeprefix("/").removeprefix(f"{prefix}-" if prefix else "")
    return Call(
        kind="command",
        name=word,
        key=_key("command", body["trigger_id"]),
        team_id=_text(body["team_id"]),
        user_id=_text(body["user_id"]),
        trigger_id=_text(body["trigger_id"]),
        response_url=_text(body.get("response_url")),
        text=_text(body.get("text")).strip(),
        channel_id=_text(body.get("channel_id")),
    )


def _event(body: Mapping[str, Any]) -> Call:
    event = body["event"]
    user = event.get("user")
    return Call(
        kind="event",
        name=_text(event["type"]),
        key=_key("event", body["event_id"]),
        team_id=_text(body["team_id"]),
        user_id=_text(user.get("id") if isinstance(user, dict) else user),
        event=event,
    )


def _interaction(body: Mapping[str, Any]) -> Call:
    kind, team, user = body["type"], body.get("team"), body["user"]
    call = Call(
        kind=kind,
        name="",
        key="",
        team_id=_text(team["id"] if team else user["team_id"]),  # no team in an org-wide install
        user_id=_text(user["id"]),
        trigger_id=_text(body.get("trigger_id")),
        response_url=_text(body.get("response_url")),
        view=body.get("view") or {},
    )
    if kind == "block_actions":
        return _action(call, body)
    if kind == "view_submission":
        view = body["view"]
        key = _key("view", [view["id"], view.get("hash"), view.get("state")])  # see `Call`
        return replace(call, kind="submission", name=_text(view["callback_id"]), key=key)
    if kind in ("shortcut", "message_action"):
        key = _key("shortcut", body["trigger_id"])
        call = replace(call, kind="shortcut", name=_text(body["callback_id"]), key=key)
        return _about_message(call, body) if kind == "message_action" else call
    if kind == "block_suggestion":  # fields share one action_id; their block_id tells them apart
        return replace(call, kind="suggestion", name=_text(body["block_id"]), text=_text(body["value"]))
    raise KeyError(kind)


def _about_message(call: Call, body: Mapping[str, Any]) -> Call:
    """A shortcut names the message it was used on and its author. A message of an app has no author that could be
    thanked.
    """
    message = body["message"]
    return replace(
        call,
        channel_id=_text(body["channel"]["id"]),
        message_ts=_text(body["message_ts"]),
        message_author="" if message.get("bot_id") else _text(message.get("user")),
        permalink=_permalink(body),
    )


def _action(call: Call, body: Mapping[str, Any]) -> Call:
    action = body["actions"][0]
    chosen = action.get("value") or (action.get("selected_option") or {}).get("value")
    container = body.get("container") or {}
    return replace(
        call,
        kind="action",
        name=_text(action["action_id"]).partition(":")[0],
        key=_key("action", [body.get("trigger_id"), action.get("action_ts")]),
        value=_text(chosen),
        block_id=_text(action.get("block_id")),
        channel_id=_text(container.get("channel_id")),
        message_ts=_text(container.get("message_ts")),
    )


def _permalink(body: Mapping[str, Any]) -> str:
    """The message's address is built here, since Slack tells it only where the bot is a member."""
    channel, ts = _text(body["channel"]["id"]), _text(body["message_ts"])
    domain = _text((body.get("team") or {}).get("domain"))
    thread = _text(body["message"].get("thread_ts"))
    address = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if domain else ""
    return f"{address}?thread_ts={thread}&cid={channel}" if address and thread not in ("", ts) else address


def _text(value: object) -> str:
    """Slack's ids and texts are strings, or missing. Any other value raises `TypeError`."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError("expected a string")
    return value


def _key(kind: str, identity: object) -> str:
    """The key is short and of fixed length, however long Slack's ids are."""
    raw = json.dumps(identity)
    return f"{kind}:{hashlib.blake2s(raw.encode(), digest_size=16).hexdigest()}"

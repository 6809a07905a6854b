"""apps.connections.open and blocks.validate: for the app itself, not for a workspace."""

from collections.abc import Callable
from typing import Any

from playground.blockkit import Problem, check_blocks, check_view
from playground.content import read_content
from playground.errors import SlackError, invalid_arguments
from playground.json_argument import decoded
from playground.socket_mode import SocketMode
from playground.types import Payload
from playground.web_api.call import Call


def open_connection(call: Call) -> Payload:
    """A fresh one-time address for Socket Mode."""
    if not isinstance(call.caller, SocketMode):
        raise SlackError("not_allowed_token_type")
    if not call.caller.app.socket_mode:
        raise SlackError("forbidden_team")
    return {"url": call.caller.new_address()}


def validate_blocks(call: Call) -> Payload:
    """Slack's own check, without a token. Exactly one of blocks, view and message."""
    given = [name for name in CHECKS if call.args.get(name) is not None]
    if len(given) != 1:
        raise invalid_arguments("must provide exactly one of `blocks`, `view`, `message`")
    name = given[0]
    if problems := CHECKS[name](decoded(call.args[name], invalid_arguments("must be valid JSON"))):
        errors = [{"code": one.code, "message": one.message, "pointer": one.pointer} for one in problems]
        raise SlackError(f"invalid_{name}", errors=errors)
    return {}


def _check_message(message: Any) -> list[Problem]:
    if not isinstance(message, dict):
        return [Problem("", "must provide an object", "invalid_type")]
    read_content({**message, "blocks": None})
    return check_blocks(message["blocks"]) if "blocks" in message else []


CHECKS: dict[str, Callable[[Any], list[Problem]]] = {
    "blocks": lambda blocks: check_blocks(blocks, at=""),
    "view": lambda view: check_view(view, at=""),
    "message": _check_message,
}

"""A sentence names a slash command without knowing this company's prefix; the prefix is put in on the way to Slack.

Sentences are written in every layer, and most as constants. So `command` leaves an invisible mark before the slash, and
whatever leaves for Slack is `spelled` once: by the gateway, and by the answer to a request.
"""

from collections.abc import Mapping
from typing import Any

MARK = "\u2060"  # WORD JOINER: if one ever escapes, nobody sees it


def command(typed: str) -> str:
    """A sentence names the command by this, and never by a slash of its own: `command("kudos mine")`."""
    return f"{MARK}/{typed}"


def slash(prefix: str) -> str:
    """What stands before a command's name where the company has chosen this prefix."""
    return f"/{prefix}-" if prefix else "/"


def spelled(sent: Any, prefix: str) -> Any:
    """Every text in what is sent to Slack, at any depth, names commands as this company has them."""
    if isinstance(sent, str):
        return sent.replace(f"{MARK}/", slash(prefix)) if MARK in sent else sent
    if isinstance(sent, Mapping):
        return {key: spelled(value, prefix) for key, value in sent.items()}
    if isinstance(sent, list | tuple):
        return [spelled(value, prefix) for value in sent]
    return sent

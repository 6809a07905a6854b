"""Cursors: opaque to the app, a position to us."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from playground.errors import SlackError
from playground.types import Payload

Item = TypeVar("Item")


def page(items: Sequence[Item], cursor: str, limit: int) -> tuple[Sequence[Item], Payload]:
    """One page, and the metadata that leads to the next; an empty `next_cursor` ends the list."""
    start = _position(cursor, len(items)) if cursor else 0
    end = start + limit
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return items[start:end], {"response_metadata": {"next_cursor": following}}


def _position(cursor: str, most: int) -> int:
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        position = int(number)
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None
    if word != "next" or not 0 <= position <= most:
        raise SlackError("invalid_cursor")
    return position

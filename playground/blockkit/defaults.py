"""What Slack fills in before it hands blocks back: missing ids, and the defaults of text objects."""

import copy
import secrets
from collections.abc import Iterator
from typing import Any

from playground.blockkit.shape import Json
from playground.blockkit.whole import elements_of

_TEXT_DEFAULTS = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}
_NOT_INTERACTIVE = {"image", "plain_text", "mrkdwn"}


def with_defaults(blocks: list[Json]) -> list[Json]:
    """A copy with every id in place; ids that Slack makes up differ from call to call, as they do there."""
    filled = copy.deepcopy(blocks)
    taken = {block.get("block_id") for block in filled}
    for block in filled:
        if "block_id" not in block:
            block["block_id"] = _fresh(taken)
        _name_actions(block)
    for text in _texts(filled):
        name, value = _TEXT_DEFAULTS[text["type"]]
        text.setdefault(name, value)
    return filled


def _name_actions(block: Json) -> None:
    elements = [one for one, _ in elements_of(block) if one.get("type") not in _NOT_INTERACTIVE]
    taken = {element.get("action_id") for element in elements}
    for element in elements:
        if "action_id" not in element:
            element["action_id"] = _fresh(taken)


def _texts(value: Any) -> Iterator[Json]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and value.get("type") in _TEXT_DEFAULTS and "text" in value:
        yield value
    for part in parts:
        yield from _texts(part)


def _fresh(taken: set[Any]) -> str:
    """Five random characters, as Slack's own ids have."""
    while (made := secrets.token_urlsafe(4)[:5]) in taken:
        pass
    taken.add(made)
    return made

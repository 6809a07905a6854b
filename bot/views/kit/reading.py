"""Submitted views are read here. A malformed one reads as empty and raises nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.views.kit.text import clean

ID_DIGITS = 9  # every number of nine digits fits an id column


def row_id(chosen: str | None) -> int | None:
    """The choice is read as the id of a row; anything that was never on offer counts as not chosen."""
    is_id = chosen is not None and chosen.isascii() and chosen.isdecimal() and len(chosen) <= ID_DIGITS
    return int(chosen) if chosen and is_id else None


class Values:
    """Reads the state of a submitted view by field. Slack has several shapes for an empty field; all read the same."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        state = view.get("state")
        values = state.get("values") if isinstance(state, Mapping) else None
        self._values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}

    def _element(self, field: str) -> Mapping[str, Any]:
        """Each field has one element. Its action_id is `value`, or its own where Slack sends us each change."""
        block = self._values.get(field)
        elements = list(block.values()) if isinstance(block, Mapping) else []
        return elements[0] if elements and isinstance(elements[0], Mapping) else {}

    def text(self, field: str) -> str:
        return clean(self._element(field).get("value")).strip()

    def choice(self, field: str) -> str | None:
        option = self._element(field).get("selected_option")
        return (clean(option.get("value")) or None) if isinstance(option, Mapping) else None

    def choices(self, field: str) -> list[str]:
        options = self._element(field).get("selected_options")
        chosen = options if isinstance(options, list) else []
        return [clean(option.get("value")) for option in chosen if isinstance(option, Mapping)]

    def user(self, field: str) -> str | None:
        return clean(self._element(field).get("selected_user")) or None

    def users(self, field: str) -> list[str]:
        return self._several(field, "selected_users")

    def channels(self, field: str) -> list[str]:
        return self._several(field, "selected_conversations")

    def _several(self, field: str, key: str) -> list[str]:
        ids = self._element(field).get(key)
        chosen = ids if isinstance(ids, list) else []
        return list(dict.fromkeys(filter(None, map(clean, chosen))))

    def channel(self, field: str) -> str | None:
        return clean(self._element(field).get("selected_conversation")) or None

    def day(self, field: str) -> date | None:
        try:
            return date.fromisoformat(clean(self._element(field).get("selected_date")))
        except ValueError:
            return None


def input_fields(view: Mapping[str, Any]) -> list[str]:
    """These block_ids of a view's inputs, in order, are the places where an error sentence may stand."""
    blocks = view.get("blocks")
    return [
        clean(block.get("block_id"))
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, Mapping) and block.get("type") == "input"
    ]


def label_of(view: Mapping[str, Any], field: str) -> str:
    """An answer keeps its question as the person read it: as the label above the field."""
    for block in view.get("blocks") or []:
        if isinstance(block, Mapping) and block.get("block_id") == field:
            label = block.get("label")
            return clean(label.get("text")) if isinstance(label, Mapping) else ""
    return ""

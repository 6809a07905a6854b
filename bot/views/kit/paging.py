"""This button shows the next page of a list."""

from collections.abc import Callable
from typing import Any

from slack_sdk.models.blocks import Block

from bot.models.paging import Page
from bot.views.kit.blocks import button, buttons


def older(
    page: Page[Any],
    action_id: str,
    carry: Callable[[int], str],
    *,
    label: str = "Older",
    spoken: str | None = None,
) -> list[Block]:
    """The last page has no button. `carry` encodes the id of the last row shown into the button's value."""
    if page.after is None:
        return []
    return [buttons(button(label, action_id, carry(page.after), spoken=spoken))]

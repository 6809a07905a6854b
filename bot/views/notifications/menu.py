"""The ⋯ menu below every unasked message puts it off or says why it came."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import OverflowMenuElement

from bot.views import kit
from bot.views.notifications.ref import MenuItem, Ref

MENU = "nudges.menu"

LABELS: Mapping[MenuItem, str] = {
    MenuItem.HOUR: "Snooze 1 hour",
    MenuItem.MORNING: "Snooze until tomorrow morning",
    MenuItem.MONDAY: "Snooze until Monday",
    MenuItem.NOT_THIS_WEEK: "Not this week",
    MenuItem.WHY: "Why did I get this?",
}
WEEKLY = tuple(MenuItem)
AFTERWARDS = (MenuItem.HOUR, MenuItem.MORNING, MenuItem.WHY)
"""Messages that belong to no open week have this menu: a digest, a welcome, a colleague's check-in."""


def menu(items: Sequence[MenuItem], notification_id: int | None) -> list[OverflowMenuElement]:
    """A rehearsal has no menu: it is not in the ledger, so it can neither be put off nor explained."""
    if notification_id is None:
        return []
    return [
        kit.menu(
            MENU, {Ref(notification=notification_id, item=item).encode(): LABELS[item] for item in items}
        )
    ]

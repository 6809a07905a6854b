"""The ⋯ menu under every unasked message: let it come later, or say why it came."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import OverflowMenuElement

from bot.views import kit
from bot.views.nudges.ref import Ref, Wish

MENU = "nudges.menu"

LABELS: Mapping[Wish, str] = {
    Wish.HOUR: "Snooze 1 hour",
    Wish.MORNING: "Snooze until tomorrow morning",
    Wish.MONDAY: "Snooze until Monday",
    Wish.NOT_THIS_WEEK: "Not this week",
    Wish.WHY: "Why did I get this?",
}
WEEKLY = tuple(Wish)
AFTERWARDS = (Wish.HOUR, Wish.MORNING, Wish.WHY)
"""For what belongs to no open week: a digest, a welcome, a colleague's check-in."""


def menu(wishes: Sequence[Wish], notification_id: int | None) -> list[OverflowMenuElement]:
    """None in a rehearsal: it stands in no ledger, so it can neither come later nor say why."""
    if notification_id is None:
        return []
    return [
        kit.menu(
            MENU, {Ref(notification=notification_id, wish=wish).encode(): LABELS[wish] for wish in wishes}
        )
    ]

"""The ⋯ menu under every unasked message: let it come later, or say why it came."""

from collections.abc import Mapping

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

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


def with_menu(button: ButtonElement, wishes: tuple[Wish, ...], notice_id: int | None) -> ActionsBlock:
    """No menu in a rehearsal: it stands in no ledger, so it can neither come later nor say why."""
    if notice_id is None:
        return kit.buttons(button)
    choices = {Ref(notice=notice_id, wish=wish).encode(): LABELS[wish] for wish in wishes}
    return kit.buttons(button, kit.menu(MENU, choices))

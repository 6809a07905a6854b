"""What the menu of an unasked message carries: which notification, and what to do with it."""

from enum import StrEnum
from typing import ClassVar

from bot.views import kit


class MenuItem(StrEnum):
    HOUR = "hour"
    MORNING = "morning"
    MONDAY = "monday"
    NOT_THIS_WEEK = "not_this_week"
    WHY = "why"


class Ref(kit.Carried):
    gone: ClassVar[str] = (
        "This button no longer works. Send /rapport preferences to change when I ask, or /checkin to write."
    )

    notification: kit.Id
    item: MenuItem

"""The menu of an unasked message carries the notification's id and the chosen action."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from bot.spelling import command
from bot.views import kit


class MenuItem(StrEnum):
    HOUR = "hour"
    MORNING = "morning"
    MONDAY = "monday"
    NOT_THIS_WEEK = "not_this_week"
    WHY = "why"


class Ref(kit.Carried):
    gone: ClassVar[str] = (
        f"This button no longer works. Send {command('rapport preferences')} to change when I ask, "
        f"or {command('checkin')} to write."
    )

    former: ClassVar[Mapping[str, str]] = {"notice": "notification", "wish": "item"}

    notification: kit.Id
    item: MenuItem

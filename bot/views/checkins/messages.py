"""The courier sends these messages about check-ins. They name people and weeks, never what was written."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import OverflowMenuElement

from bot.slack import Message
from bot.views import kit
from bot.views.checkins.page import OPEN
from bot.views.checkins.ref import Ref


def shared_message(
    author: str, week: date, checkin_id: int, *, more: Sequence[OverflowMenuElement] = ()
) -> Message:
    """The manager gets this once per report and week. `more` is the menu below every unasked message."""
    first = f"{kit.short(author, 80)} shared a check-in."
    return _with_open(first, f"Week of {week:%-d %B}.", checkin_id, more)


def answered_message(by: str, week: date, checkin_id: int, *, own: bool) -> Message:
    """The author or the manager gets this once a day at most. `own` says that the recipient wrote the check-in."""
    whose = "your check-in" if own else "their check-in"
    return _with_open(f"{kit.short(by, 80)} responded to {whose}.", f"Week of {week:%-d %B}.", checkin_id)


def _with_open(first: str, second: str, checkin_id: int, more: Sequence[OverflowMenuElement] = ()) -> Message:
    ref = Ref(checkin=checkin_id).encode()
    return kit.message(
        f"{first} {second}",
        kit.section(f"*{kit.escape(first)}*\n{second}"),
        kit.buttons(kit.button("Open", OPEN, ref, primary=True, spoken=first), *more),
    )

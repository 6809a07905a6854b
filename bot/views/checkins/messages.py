"""The messages about check-ins that the courier sends. They name people and weeks, never what was written."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import OverflowMenuElement

from bot.models import Checkin
from bot.slack import Message
from bot.views import kit
from bot.views.checkins.page import OPEN
from bot.views.checkins.ref import Ref


def shared_message(
    author: str, week: date, checkin_id: int, *, more: Sequence[OverflowMenuElement] = ()
) -> Message:
    """To the manager, once per report and week. `more`: the menu of whatever comes unasked."""
    first = f"{kit.short(author, 80)} shared a check-in."
    return _with_open(first, f"Week of {week:%-d %B}.", checkin_id, more)


def answered_message(by: str, week: date, checkin_id: int, *, own: bool) -> Message:
    """To the other side of a check-in, once a day at most. `own`: the recipient wrote it."""
    whose = "your check-in" if own else "their check-in"
    return _with_open(f"{kit.short(by, 80)} responded to {whose}.", f"Week of {week:%-d %B}.", checkin_id)


def _with_open(first: str, second: str, checkin_id: int, more: Sequence[OverflowMenuElement] = ()) -> Message:
    ref = Ref(checkin=checkin_id).encode()
    return kit.message(
        f"{first} {second}",
        kit.line(f"*{kit.escape(first)}*\n{second}"),
        kit.buttons(kit.button("Open", OPEN, ref, primary=True, spoken=first), *more),
    )


def export_note(count: int) -> Message:
    text = (
        f"I sent you all your check-ins ({count}) as a CSV file in our direct messages. Only you can see it."
    )
    if count == 0:
        text = (
            "You have no check-ins yet, so there is nothing to export. Send /checkin to write the first one."
        )
    return kit.message(text, kit.line(text))


def export_rows(checkins: Sequence[Checkin]) -> tuple[list[str], list[list[object]]]:
    """One row per week; a column per answer key, in the order first asked."""
    keys = list(dict.fromkeys(answer.key for checkin in checkins for answer in checkin.answers))
    rows: list[list[object]] = []
    for checkin in checkins:
        texts = {answer.key: answer.text for answer in checkin.answers}
        rows.append(
            [
                checkin.week,
                checkin.submitted_at.isoformat(),
                *(texts.get(key) for key in keys),
                checkin.energy,
                checkin.load,
            ]
        )
    return ["week", "submitted_at", *keys, "energy", "load"], rows

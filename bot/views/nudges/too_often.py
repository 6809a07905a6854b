"""After two nudges without an answer a person is asked once whether a slower rhythm would suit better."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field
from slack_sdk.models.blocks import Block, ButtonElement

from bot.models import RhythmInForce
from bot.slack import Message
from bot.views import kit, notifications, rhythms, times
from bot.views.notifications import saying

EVERY_WEEKS = "nudges.every_weeks"


class Ref(kit.Carried):
    """An answer to "Too often?" carries the message and the rhythm chosen."""

    gone: ClassVar[str] = notifications.Ref.gone

    former: ClassVar[Mapping[str, str]] = {"notice": "notification"}

    notification: kit.Id
    every_weeks: int = Field(ge=1, le=4)


def too_often(notification_id: int | None) -> tuple[Block, ...]:
    if notification_id is None:
        return ()
    buttons = [_button(notification_id, weeks) for weeks in times.EVERY_WEEKS]
    return (
        kit.section("*Too often?* The last two passed without a check-in. Choose how often I ask you:"),
        kit.buttons(*buttons, block_id=f"too_often:{notification_id}"),
    )


def _button(notification_id: int, weeks: int) -> ButtonElement:
    ref = Ref(notification=notification_id, every_weeks=weeks).encode()
    return kit.button(times.EVERY_WEEKS[weeks].capitalize(), f"{EVERY_WEEKS}:{weeks}", ref)


def slower_message(rhythm: RhythmInForce) -> Message:
    """This confirms the slower rhythm that the person chose."""
    return saying("Thank you, noted.", f"From now on I ask you {rhythms.words(rhythm)}.")

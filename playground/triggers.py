"""Trigger ids: each press, command or shortcut may open one modal, within three seconds."""

from dataclasses import dataclass

from playground.errors import SlackError
from playground.ids import Ids
from playground.types import Clock

LIFETIME = 3.0


@dataclass
class Trigger:
    id: str
    user_id: str
    made_at: float
    view_id: str | None  # the modal or home tab it came from; a push needs one
    opened: str | None = None  # the view it was spent on


class Triggers:
    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._issued: dict[str, Trigger] = {}

    def issue(self, user_id: str, *, view_id: str | None = None) -> Trigger:
        trigger_id = f"{self._ids.new('', 12)}.{self._ids.hex(12)}.{self._ids.hex(32)}"
        trigger = self._issued[trigger_id] = Trigger(trigger_id, user_id, self._clock(), view_id)
        return trigger

    def check(self, trigger_id: str) -> Trigger:
        """The trigger, if a view may still be opened with it. The caller marks it as spent."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.opened:
            raise SlackError("exchanged_trigger_id")
        if self._clock() - trigger.made_at > LIFETIME:
            raise SlackError("expired_trigger_id")
        return trigger

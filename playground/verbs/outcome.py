"""What a person sees after doing something."""

from dataclasses import dataclass, field

from playground.types import Payload
from playground.views import View
from playground.workspace import Message


@dataclass
class Outcome:
    """`view` is what stands on top now. `errors` maps block_id → the sentence under that input."""

    notice: str | None = None  # Slack's own sentence when something failed
    ephemerals: list[Message] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)  # new ones for everybody, e.g. `in_channel` answers
    view: View | None = None
    errors: dict[str, str] = field(default_factory=dict)
    options: list[Payload] = field(default_factory=list)  # of a menu that asks the app

    @property
    def went_well(self) -> bool:
        return self.notice is None and not self.errors

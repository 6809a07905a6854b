"""Buttons and forms about thanks carry these ids."""

from typing import ClassVar

from pydantic import Field

from bot.spelling import command
from bot.views import kit


class Ref(kit.Carried):
    """`draft` is a command line kept for its preview. `channel` and `ts` point to the message somebody says thanks for.

    `checkin` is the author's own check-in, which names helpers. `hinted` says that the giver has been asked what the
    thanks changed; they are asked once. `said` is the channel whose readers the form named last. `moved` alternates
    with each channel that the form puts in place of the chosen one. `received` tells a list of received thanks from
    one of given thanks.
    """

    gone: ClassVar[str] = (
        f"This button no longer works. Send {command('kudos')} to give thanks, or {command('kudos mine')} to see yours."
    )

    kudos: kit.Id | None = None
    value: kit.Id | None = None
    draft: kit.Id | None = None
    checkin: kit.Id | None = None
    channel: str | None = Field(None, max_length=32)
    ts: str | None = Field(None, max_length=32)
    hinted: bool = False
    received: bool = False
    said: str | None = Field(None, max_length=32)
    moved: bool = False

    @property
    def kudos_id(self) -> int:
        return self._there(self.kudos)

    @property
    def value_id(self) -> int:
        return self._there(self.value)

    @property
    def draft_id(self) -> int:
        return self._there(self.draft)

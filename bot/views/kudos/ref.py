"""What buttons and forms carry about thanks."""

from typing import ClassVar

from pydantic import Field

from bot.views import kit


class Ref(kit.Carried):
    """`draft`: a command line kept for its preview. `channel` and `ts`: the message somebody says thanks for.

    `checkin`: one's own, which tells who helped. `hinted`: the giver has been asked what it changed; a second time
    would be nagging. `said`: the channel whose readers the form named last. `received`: of thanks received, not of
    those given.
    """

    gone: ClassVar[str] = (
        "This button no longer works. Send /kudos to give thanks, or /kudos mine to see yours."
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

    @property
    def kudos_id(self) -> int:
        return self._there(self.kudos)

    @property
    def value_id(self) -> int:
        return self._there(self.value)

    @property
    def draft_id(self) -> int:
        return self._there(self.draft)

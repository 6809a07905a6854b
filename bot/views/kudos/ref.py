"""What buttons and forms carry about thanks: ids, never text."""

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import NotFound

GONE = "This button no longer works. Send /kudos to give thanks, or /kudos mine to see yours."


class Ref(BaseModel):
    """`draft`: a command line kept for its preview. `channel` and `ts`: the message somebody says thanks for.

    `hinted`: the giver has been asked what it changed; a second time would be nagging. `said`: the channel whose
    readers the form named last. `received`: of thanks received, not of those given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kudos: int | None = Field(None, ge=1, lt=2**63)
    value: int | None = Field(None, ge=1, lt=2**63)
    draft: int | None = Field(None, ge=1, lt=2**63)
    channel: str | None = Field(None, max_length=32)
    ts: str | None = Field(None, max_length=32)
    hinted: bool = False
    received: bool = False
    said: str | None = Field(None, max_length=32)

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, text: object) -> "Ref":
        try:
            return cls.model_validate_json(text if isinstance(text, str) and text else "{}")
        except ValidationError:
            raise NotFound(GONE) from None

    @property
    def kudos_id(self) -> int:
        return _there(self.kudos)

    @property
    def value_id(self) -> int:
        return _there(self.value)

    @property
    def draft_id(self) -> int:
        return _there(self.draft)


def _there(number: int | None) -> int:
    if number is None:
        raise NotFound(GONE)
    return number

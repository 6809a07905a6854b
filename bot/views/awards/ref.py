"""What buttons and forms carry about awards: ids, never text."""

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import NotFound

GONE = "This button no longer works. Send /kudos awards to see what there is."


class Ref(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    nomination: int | None = Field(None, ge=1, lt=2**63)
    announcement: int | None = Field(None, ge=1, lt=2**63)
    type: int | None = Field(None, ge=1, lt=2**63)

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, text: object) -> "Ref":
        try:
            return cls.model_validate_json(text if isinstance(text, str) and text else "{}")
        except ValidationError:
            raise NotFound(GONE) from None

    @property
    def nomination_id(self) -> int:
        return _there(self.nomination)

    @property
    def announcement_id(self) -> int:
        return _there(self.announcement)

    @property
    def type_id(self) -> int:
        return _there(self.type)


def _there(number: int | None) -> int:
    if number is None:
        raise NotFound(GONE)
    return number

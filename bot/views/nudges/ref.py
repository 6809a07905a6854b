"""What the menu of an unasked message carries: which notice, and what to do with it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import NotFound

GONE = "This button no longer works. Send /rapport preferences to change when I ask, or /checkin to write."


class Wish(StrEnum):
    HOUR = "hour"
    MORNING = "morning"
    MONDAY = "monday"
    NOT_THIS_WEEK = "not_this_week"
    WHY = "why"


class Ref(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    notice: int = Field(ge=1, lt=2**63)
    wish: Wish | None = None
    every_weeks: int | None = Field(None, ge=1, le=4)

    def encode(self) -> str:
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def decode(cls, text: object) -> "Ref":
        try:
            return cls.model_validate_json(text if isinstance(text, str) else "")
        except ValidationError:
            raise NotFound(GONE) from None

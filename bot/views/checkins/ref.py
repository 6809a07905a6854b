"""What buttons and modals carry about a check-in: ids, never text."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import NotFound


class Ref(BaseModel):
    """Encoded into a button's value or a view's `private_metadata`, and decoded from it again."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    checkin: int | None = Field(None, ge=1, lt=2**63)
    week: date | None = Field(None, ge=date(2000, 1, 1), lt=date(3000, 1, 1))  # a week around it exists, too
    emoji: str | None = Field(None, max_length=64)

    def encode(self) -> str:
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def decode(cls, text: object) -> "Ref":
        try:
            return cls.model_validate_json(text if isinstance(text, str) and text else "{}")
        except ValidationError:
            raise NotFound("This button no longer works. Send /checkin to start afresh.") from None

    @property
    def checkin_id(self) -> int:
        if self.checkin is None:
            raise NotFound("This button no longer works. Send /checkin history to find the check-in.")
        return self.checkin

"""What buttons and modals carry: ids and places in lists, never text."""

from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import NotFound

Id = Annotated[int, Field(ge=1, lt=2**63)]


class Carried(BaseModel):
    """Encoded into a button's value or a view's `private_metadata`, and decoded from it again.

    `gone`: what to do instead, for whoever presses a button from long ago.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    gone: ClassVar[str]

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, text: object) -> Self:
        try:
            return cls.model_validate_json(text if isinstance(text, str) and text else "{}")
        except ValidationError:
            raise NotFound(cls.gone) from None

    def _there(self, number: int | None, gone: str = "") -> int:
        """For where it cannot be missing."""
        if number is None:
            raise NotFound(gone or self.gone)
        return number

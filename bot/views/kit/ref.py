"""Buttons and modals carry ids and places in lists. Only `views.help.Offered` carries text, of its own reader."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.errors import NotFound

Id = Annotated[int, Field(ge=1, lt=2**63)]


class Carried(BaseModel):
    """The values are encoded into a button's value or a view's `private_metadata`, and decoded from there.

    `gone` tells people who press a very old button what to do instead. `former` maps what a field was called before to
    its name of today: buttons of that time stand in Slack for years.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    gone: ClassVar[str]
    former: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _by_todays_names(cls, values: object) -> object:
        if not isinstance(values, dict):
            return values
        return {cls.former.get(name, name): value for name, value in values.items()}

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, text: object) -> Self:
        try:
            return cls.model_validate_json(text if isinstance(text, str) and text else "{}")
        except ValidationError:
            raise NotFound(cls.gone) from None

    def _there(self, number: int | None, gone: str = "") -> int:
        """Raises `NotFound` with the sentence `gone` where the number is missing."""
        if number is None:
            raise NotFound(gone or self.gone)
        return number

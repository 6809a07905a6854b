"""What buttons and modals carry about a goal: ids and places in lists, never text."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import NotFound
from bot.models.goals import Level


class Below(StrEnum):
    """The window that lies under the one on top, to be brought up to date when that one is saved."""

    MINE = "mine"
    PAGE = "page"
    CHECKIN = "checkin"


class Wish(StrEnum):
    """What the ⋯ menu of a goal's page offers."""

    EDIT = "edit"
    ALIGN = "align"
    ADD = "add"
    RETARGET = "retarget"
    HAND_OVER = "hand_over"


class Ref(BaseModel):
    """`seen`: the version its reader looked at. `under`: the goal whose branch of the tree is shown.

    `before` is where a page of history begins, `week` that of the check-in below.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    goal: int | None = Field(None, ge=1, lt=2**63)
    seen: int | None = Field(None, ge=1, lt=2**31)
    below: Below | None = None
    wish: Wish | None = None
    page: int = Field(1, ge=1, lt=2**31)
    period: str | None = Field(None, max_length=64)
    under: int | None = Field(None, ge=1, lt=2**63)
    before: int | None = Field(None, ge=1, lt=2**63)
    whole: bool = False
    level: Level | None = None
    week: date | None = Field(None, ge=date(2000, 1, 1), lt=date(3000, 1, 1))
    link: str | None = Field(None, max_length=1000)

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, text: object) -> "Ref":
        try:
            return cls.model_validate_json(text if isinstance(text, str) and text else "{}")
        except ValidationError:
            raise NotFound("This button no longer works. Send /goals to start afresh.") from None

    @property
    def goal_id(self) -> int:
        if self.goal is None:
            raise NotFound("This button no longer works. Send /goals to find the goal.")
        return self.goal

    @property
    def version(self) -> int:
        if self.seen is None:
            raise NotFound("This button no longer works. Send /goals to find the goal.")
        return self.seen

"""What buttons and modals carry about a goal."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from bot.models.goals import GoalSummary, Level
from bot.views import kit

FIND = "This button no longer works. Send /goals to find the goal."


class Below(StrEnum):
    """The window that lies under the one on top, to be brought up to date when that one is saved."""

    MINE = "mine"
    PAGE = "page"
    CHECKIN = "checkin"


class GoalChange(StrEnum):
    """What the ⋯ menu of a goal's page offers."""

    EDIT = "edit"
    ALIGN = "align"
    ADD = "add"
    RETARGET = "retarget"
    HAND_OVER = "hand_over"


class Ref(kit.Carried):
    """`seen`: the version its reader looked at. `under`: the goal whose branch of the tree is shown.

    `before` is where a page of history begins, `week` that of the check-in below.
    """

    gone: ClassVar[str] = "This button no longer works. Send /goals to start afresh."

    goal: kit.Id | None = None
    seen: int | None = Field(None, ge=1, lt=2**31)
    below: Below | None = None
    change: GoalChange | None = None
    page: int = Field(1, ge=1, lt=2**31)
    period: str | None = Field(None, max_length=64)
    under: kit.Id | None = None
    before: kit.Id | None = None
    whole: bool = False
    level: Level | None = None
    week: date | None = Field(None, ge=date(2000, 1, 1), lt=date(3000, 1, 1))
    link: str | None = Field(None, max_length=1000)

    def showing(self, line: GoalSummary) -> "Ref":
        """The same way back, from the goal as it is now."""
        return self.model_copy(update={"goal": line.goal_id, "seen": line.version})

    @property
    def goal_id(self) -> int:
        return self._there(self.goal, FIND)

    @property
    def version(self) -> int:
        return self._there(self.seen, FIND)

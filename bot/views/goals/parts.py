"""What windows and messages about goals share: what their buttons carry, headings, lists, who sees it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import Field
from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement
from slack_sdk.models.views import View

from bot.models.goals import GoalReading, GoalSummary, Level, Measure
from bot.slack import Message
from bot.spelling import command
from bot.views import kit
from bot.views.goals import words

FIND = f"This button no longer works. Send {command('goals')} to find the goal."

MINE, PAST, TEAM, TREE = "goals.mine", "goals.past", "goals.team", "goals.tree"
OPEN = "goals.open"

CLOSED = "The goal is closed, with what you said came of it."
CONFIRMED = "Confirmed. Whoever closed it reads your score and your comment."
SUGGESTED = "Sent. Whoever proposed the goal reads what you would change."

Menu = Sequence[OverflowMenuElement]


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
    """What a goal's buttons and windows carry. `seen` is the version its reader looked at.

    `under` is the goal whose branch of the tree is shown, `before` where a page of history begins, `week` that of
    the check-in below, and `more` says that it shows all its questions. `results` tells how each key result on the form
    for a new goal is measured.
    """

    gone: ClassVar[str] = f"This button no longer works. Send {command('goals')} to start afresh."

    former: ClassVar[Mapping[str, str]] = {"wish": "change"}

    goal: kit.Id | None = None
    seen: int | None = Field(None, ge=1, lt=2**31)
    below: Below | None = None
    change: GoalChange | None = None
    page: int = Field(1, ge=1, lt=2**31)
    period: str | None = Field(None, max_length=64)
    under: kit.Id | None = None
    before: kit.Id | None = None
    whole: bool = False
    results: tuple[Measure, ...] = Field((), max_length=8)
    level: Level | None = None
    week: date | None = Field(None, ge=date(2000, 1, 1), lt=date(3000, 1, 1))
    link: str | None = Field(None, max_length=1000)
    more: bool = False

    def showing(self, goal: GoalSummary) -> "Ref":
        """The same way back, with the goal's id and its version of now."""
        return self.model_copy(update={"goal": goal.goal_id, "seen": goal.version})

    @property
    def measures(self) -> tuple[Measure, ...]:
        """A form begins with the fields of one number on its way."""
        return self.results or (Measure.METRIC,)

    @property
    def goal_id(self) -> int:
        return self._there(self.goal, FIND)

    @property
    def version(self) -> int:
        return self._there(self.seen, FIND)


def open_button(goal: GoalSummary) -> ButtonElement:
    return kit.button("Open", OPEN, Ref(goal=goal.goal_id).encode(), spoken=f"Open {goal.title}")


def listed(goals: Sequence[GoalSummary]) -> list[Block]:
    """Each goal with its owner and a button that opens it."""
    return [
        kit.section(
            f"*{words.title(goal)}*\n{kit.name(goal.owner_name)} · {words.status(goal)}",
            button=open_button(goal),
        )
        for goal in goals
    ]


def heading(reading: GoalReading) -> Block:
    return kit.section(f"*{words.title(reading.summary)}*\n{words.small_print(reading.summary)}")


def standing(goal: GoalSummary) -> Block:
    return kit.section(f"*{words.title(goal)}*\n{words.standing(goal)}")


def ended_page(goal: GoalSummary, title: str, sentence: str) -> View:
    return kit.confirmation("goals.ended", title, sentence, words.title(goal), words.standing(goal))


def who_sees(reading: GoalReading) -> Block:
    named = ", ".join(kit.name(one) for one in reading.readers[:6])
    more = f" and {len(reading.readers) - 6} more" if len(reading.readers) > 6 else ""
    return kit.small(f"*Who sees this:* {named or 'everybody in the company'}{more}.")


def open_unnamed(goal: GoalSummary, *, primary: bool = False) -> ButtonElement:
    """A screen reader says the owner and not the title, which a message keeps to itself for a limited goal."""
    ref = Ref(goal=goal.goal_id).encode()
    return kit.button("Open", OPEN, ref, primary=primary, spoken=f"Open the goal of {goal.owner_name}")


def message(first: str, *rest: str, buttons: Sequence[ButtonElement | OverflowMenuElement] = ()) -> Message:
    """The sentences are escaped here. The plain text holds all of them."""
    sentences = "\n".join([f"*{kit.escape(first)}*", *map(kit.escape, rest)])
    blocks: list[Block] = [kit.section(sentences), *([kit.buttons(*buttons)] if buttons else [])]
    return kit.message(" ".join((first, *rest)), *blocks)

"""A capability hands in its part of Home as lines and buttons. Where they stand is decided in one place, `tab.home`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from slack_sdk.models.blocks import ButtonElement


@dataclass(frozen=True, slots=True)
class Line:
    """One short sentence with at most one button. `said` is mrkdwn: names and typed text in it are escaped already.

    A line of `mine` may have a `quote` below it: what a colleague wrote, shown as typed.
    """

    said: str
    button: ButtonElement | None = None
    quote: str = ""


class Urgency(IntEnum):
    """What waits for somebody is shown in this order."""

    OWN = 1
    """The person's own question, and what is due today."""
    ASKED = 2
    """Somebody waits for the person's word or help."""
    NEWS = 3
    """There is something to read."""
    TIDY = 4
    """It can wait, but should be put in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine(Line):
    """One thing that waits for this person, with the button that deals with it."""

    urgency: Urgency


class Fit(IntEnum):
    """How well a quick action fits the moment: a smaller number comes first."""

    NOW = 1
    ANY_TIME = 2


@dataclass(frozen=True, slots=True)
class QuickAction:
    """Something a person may want to do without looking for it. It must not be the only way there, since Home shows
    only the five that fit best.
    """

    button: ButtonElement
    fit: Fit = Fit.ANY_TIME


class HrGroup(StrEnum):
    """HR's buttons stand in these groups, in this order."""

    PEOPLE = "People and rhythm"
    RECOGNITION = "Recognition"
    GOALS = "Goals and cycles"


@dataclass(frozen=True, slots=True)
class HrEntry:
    """A button that only HR sees."""

    group: HrGroup
    button: ButtonElement


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePart:
    """One capability shows this on somebody's Home, in these zones.

    `waiting` has a line for each thing that waits for the person. `team` is for managers, `hr` for HR admins. In
    `team` and `mine` the first line sums up; further lines are there only while something needs a hand, and only the
    first few are shown. `company` is about the company as a whole, `preference` about what the person hears of. While
    nothing is going on, the part has at most one line with one button, beside its quick action and its preference.
    """

    waiting: Sequence[WaitingLine] = ()
    action: QuickAction | None = None
    team: Sequence[Line] = ()
    hr: Sequence[HrEntry] = ()
    mine: Sequence[Line] = ()
    company: Line | None = None
    preference: Line | None = None

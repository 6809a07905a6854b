"""The words of goals: whose they are, of which kind, how sure one is of them, and where they stand."""

from enum import StrEnum


class Level(StrEnum):
    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"
    PERSON = "person"


RANK = {level: place for place, level in enumerate(Level)}
"""The company's first: a goal serves one of its own level or above."""


class GoalKind(StrEnum):
    """Committed: expected to land at 1.0. Aspirational: 0.6–0.7 is good. Learning: scored by its owner."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"
    LEARNING = "learning"


class Visibility(StrEnum):
    """Open: everybody in the company. Limited: the owners, the owner's manager and HR."""

    OPEN = "open"
    LIMITED = "limited"


class Confidence(StrEnum):
    """The owner's own forecast; never computed over their head."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


WORRYING = (Confidence.AT_RISK, Confidence.OFF_TRACK)


class GoalState(StrEnum):
    PROPOSED = "proposed"
    CHANGE_SUGGESTED = "change_suggested"
    AGREED = "agreed"
    CLOSED = "closed"
    DROPPED = "dropped"
    CARRIED_OVER = "carried_over"


OPEN_STATES = (GoalState.PROPOSED, GoalState.CHANGE_SUGGESTED, GoalState.AGREED)
OUTCOMES = (GoalState.CLOSED, GoalState.DROPPED, GoalState.CARRIED_OVER)


class Measure(StrEnum):
    """How a key result is told: a number on its way, a number to hold, milestones, or done or not."""

    METRIC = "metric"
    HOLD = "hold"
    MILESTONES = "milestones"
    YES_NO = "yes_no"


class Deed(StrEnum):
    """What somebody did to a goal; each leaves a `GoalEvent`."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    SUGGESTED_CHANGE = "suggested_change"
    UPDATED = "updated"
    LEFT_AS_IT_IS = "left_as_it_is"
    EDITED = "edited"
    RETARGETED = "retargeted"
    ADDED_KEY_RESULT = "added_key_result"
    DROPPED_KEY_RESULT = "dropped_key_result"
    ALIGNED = "aligned"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    DROPPED = "dropped"
    CARRIED_OVER = "carried_over"
    CONFIRMED = "confirmed"

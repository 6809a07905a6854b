"""Every table, one file per capability. Importing this package is how Alembic and the tests see them all."""

from bot.models.absence import AbsenceSign
from bot.models.checkins import (
    Answer,
    Audience,
    Checkin,
    CheckinComment,
    CheckinReaction,
    CheckinRevision,
    Load,
    PackChoice,
    TakenObstacle,
)
from bot.models.goals import (
    CheckinGoal,
    Goal,
    GoalClosing,
    GoalCoOwner,
    GoalEvent,
    GoalEvidence,
    GoalPeriod,
    KeyResult,
)
from bot.models.notices import InboxEntry, Lease, Notice, NoticeState
from bot.models.pauses import Pause, PauseInForce, Silence
from bot.models.people import Department, HrGrant, Person, PersonKind, ReportingLine, Workspace
from bot.models.rhythms import Beat, Rhythm, RhythmInForce, RhythmQuestion

__all__ = [
    "AbsenceSign",
    "Answer",
    "Audience",
    "Beat",
    "Checkin",
    "CheckinComment",
    "CheckinGoal",
    "CheckinReaction",
    "CheckinRevision",
    "Department",
    "Goal",
    "GoalClosing",
    "GoalCoOwner",
    "GoalEvent",
    "GoalEvidence",
    "GoalPeriod",
    "HrGrant",
    "InboxEntry",
    "KeyResult",
    "Lease",
    "Load",
    "Notice",
    "NoticeState",
    "PackChoice",
    "Pause",
    "PauseInForce",
    "Person",
    "PersonKind",
    "ReportingLine",
    "Rhythm",
    "RhythmInForce",
    "RhythmQuestion",
    "Silence",
    "TakenObstacle",
    "Workspace",
]

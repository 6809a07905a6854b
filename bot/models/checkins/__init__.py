"""The tables of check-ins, and the values that services return."""

from bot.models.checkins.shapes import (
    REACTIONS,
    CallForHelp,
    CheckinSettings,
    ChosenPack,
    HistoryPage,
    Outcome,
    OwnWeeks,
    PastCheckin,
    Prefill,
    Reading,
    Remark,
    Shared,
    TeamMember,
    TeamWeek,
    Version,
)
from bot.models.checkins.tables import (
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

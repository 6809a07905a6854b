"""Goals: their tables, their words, how they are scored, and the shapes in which services hand them to views."""

from bot.models.goals import scoring
from bot.models.goals.history import (
    CheckinGoal,
    Closing,
    Evidence,
    GoalClosing,
    GoalEvent,
    GoalEvidence,
    GoalMoment,
)
from bot.models.goals.said import NewGoal, NewKeyResult, Update
from bot.models.goals.shapes import (
    Coverage,
    GoalList,
    GoalMember,
    GoalPrefill,
    GoalReading,
    GoalSummary,
    Orphan,
    Period,
    TeamGoals,
    Tree,
    TreeEntry,
    Waiting,
)
from bot.models.goals.tables import (
    OPEN_STATES,
    OUTCOMES,
    RANK,
    WORRYING,
    Confidence,
    Deed,
    Goal,
    GoalCoOwner,
    GoalKind,
    GoalPeriod,
    GoalState,
    KeyResult,
    Level,
    Measure,
    Milestone,
    Visibility,
)

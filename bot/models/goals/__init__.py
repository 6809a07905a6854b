"""Goals: their tables, their words, how they are scored, and the shapes in which services hand them to views."""

from bot.models.goals import scoring
from bot.models.goals.listing import (
    Coverage,
    GoalList,
    GoalMember,
    GoalSummary,
    Orphan,
    TeamGoals,
    Tree,
    TreeEntry,
    Waiting,
)
from bot.models.goals.reading import Closing, Evidence, GoalHistory, GoalMoment, GoalReading
from bot.models.goals.record import CheckinGoal, GoalClosing, GoalEvent, GoalEvidence
from bot.models.goals.setting import GoalPrefill, NewGoal, NewKeyResult, Period, Update
from bot.models.goals.tables import Goal, GoalCoOwner, GoalPeriod, KeyResult, Milestone
from bot.models.goals.words import (
    OPEN_STATES,
    OUTCOMES,
    RANK,
    WORRYING,
    Confidence,
    Deed,
    GoalKind,
    GoalState,
    Level,
    Measure,
    Visibility,
)

"""Every table, one file per capability. Alembic and the tests see them all by importing this package."""

from bot.models.absence import AbsenceSign
from bot.models.anniversaries import AnniversaryPreference
from bot.models.awards import AwardAnnouncement, AwardDecision, AwardType, Nomination, Verdict
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
from bot.models.kudos import (
    CompanyValue,
    FormerValueName,
    Kudos,
    KudosAudience,
    KudosDigest,
    KudosDraft,
    KudosEcho,
    KudosEntry,
    KudosEvent,
    KudosReceiver,
    ThanksPreference,
)
from bot.models.notifications import InboxEntry, Lease, Notification, NotificationState
from bot.models.pauses import Pause, PauseInForce, Silence
from bot.models.people import Department, HrGrant, Person, PersonKind, ReportingLine, Workspace
from bot.models.rhythms import Beat, Rhythm, RhythmInForce, RhythmQuestion

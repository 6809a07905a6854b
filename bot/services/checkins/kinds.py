"""The kinds of messages about somebody's check-in, their keys, and when they are over."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Notification, Person
from bot.models.checkins import Outcome
from bot.models.notifications import Why
from bot.services import notifications
from bot.services.checkins import endings
from bot.services.checkins.obstacles import call_for_help
from bot.services.notifications import SNOOZED, Kind, Over, Rank
from bot.services.nudges.kinds import DIGEST
from bot.services.nudges.kinds import key as nudge_key

THE_DIRECTORY = "The directory says who reports to you; your HR admins keep it."


def shared_key(manager_id: int, week: date) -> str:
    return f"{SHARED.name}:{manager_id}:{week}"


def obstacle_key(checkin_id: int, manager_id: int) -> str:
    return f"{OBSTACLE.name}:{checkin_id}:{manager_id}"


def wish_key(checkin_id: int, manager_id: int) -> str:
    """A wish for help has a key of its own: an obstacle that is added to it is told, too."""
    return f"{obstacle_key(checkin_id, manager_id)}:wish"


def answered_key(checkin_id: int, recipient_id: int, day: date) -> str:
    return f"{ANSWERED.name}:{checkin_id}:{recipient_id}:{day}"


def digest_key(manager_id: int, week: date) -> str:
    """The key of the digest that sums up this week; it comes in the week after."""
    return nudge_key(DIGEST, manager_id, week + timedelta(weeks=1))


async def _shared_over(
    session: AsyncSession, notification: Notification, manager: Person, now: datetime
) -> Over | None:
    """What had to wait until the digest was planned, two days before it comes, is said by the digest. What the reader
    put off they get all the same.
    """
    if notification.reason == SNOOZED:
        return None
    digest = digest_key(manager.id, notification.week)
    return Over("in_digest") if await notifications.is_wanted(session, digest) else None


async def _obstacle_over(
    session: AsyncSession, notification: Notification, manager: Person, now: datetime
) -> Over | None:
    """A check-in that the reader may not open any more is found out by the composer."""
    try:
        call = await call_for_help(session, manager, notification.subject["checkin"])
    except NotFound:
        return None
    return Over(call.outcome) if call.outcome else None


SHARED = Kind(
    name="checkins.shared",
    rank=Rank.NEWS,
    why=Why(
        part_of="Weekly check-in",
        rule="I tell you once a week when people who report to you have shared their check-ins. I keep that message up "
        "to date until the week closes, without a further sound.",
        set_by=THE_DIRECTORY,
    ),
    ends=endings.team_week,
    over=_shared_over,
    reasons={
        "in_digest": "the digest of that week says it",
        "in_team_week": "the message about the whole week says it",
        "no_team": "nobody reports to them",
    },
)
OBSTACLE = Kind(
    name="checkins.obstacle",
    rank=Rank.WAITS,
    why=Why(
        part_of="Weekly check-in",
        rule="I tell you once, in your working hours, when something is in the way of somebody who reports to you, or "
        "when they ask for your help.",
        set_by=THE_DIRECTORY,
    ),
    ends=endings.call_for_help,
    over=_obstacle_over,
    reasons={
        Outcome.TAKEN_ON: "somebody has taken the obstacle on",
        Outcome.CLEARED: "the obstacle is out of the way",
        Outcome.ANSWERED: "the manager has answered meanwhile",
        Outcome.WITHDRAWN: "the check-in does not say so any more",
    },
)
ANSWERED = Kind(
    name="checkins.answered",
    rank=Rank.WAITS,
    why=Why(
        part_of="Weekly check-in",
        rule="I tell you when a colleague answers to a check-in that you wrote or answered.",
        set_by="You or that colleague.",
    ),
    ends=endings.answered,
)
KINDS = (SHARED, OBSTACLE, ANSWERED)

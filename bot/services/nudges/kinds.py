"""The four kinds of messages of the weekly check-in, each with its rank, its reason, and when it is over."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Checkin, Notification, NotificationState, Person
from bot.models.notifications import Why
from bot.services.notifications import NOT_THIS_WEEK, AskedWeek, Kind, Over, Rank, next_day
from bot.services.nudges import endings
from bot.services.nudges.rollout import started_at

ON_ITS_WAY = (NotificationState.PLANNED, NotificationState.SENDING, NotificationState.UNKNOWN)


def key(kind: Kind, person_id: int, week: date | None = None) -> str:
    """`week` is the Monday of the local week in which the notification is due; a welcome has no week."""
    return f"{kind.name}:{person_id}:{week}" if week else f"{kind.name}:{person_id}"


async def needless(session: AsyncSession, person: Person, week: date, now: datetime) -> str | None:
    """The reason why this week's reminder would only annoy: its nudge comes or came today, or was not wanted
    this week.
    """
    nudge = await session.scalar(select(Notification).where(Notification.key == key(NUDGE, person.id, week)))
    if nudge is None:
        return None
    if nudge.reason == NOT_THIS_WEEK:
        return nudge.reason
    if nudge.state in ON_ITS_WAY:
        return "nudged_today"
    today = clock.local(now, person.timezone).date()
    came = nudge.state == NotificationState.SENT and nudge.sent_at
    return "nudged_today" if came and clock.local(came, person.timezone).date() == today else None


async def _not_started(
    session: AsyncSession, notification: Notification, person: Person, now: datetime
) -> Over | None:
    return None if await started_at(session) else Over("rollout_off")


async def _nudge_over(
    session: AsyncSession, notification: Notification, person: Person, now: datetime
) -> Over | None:
    """The reader pressed "Not this week" before its arrival was known, or the check-in is written."""
    if notification.reason == NOT_THIS_WEEK:
        return Over(NOT_THIS_WEEK)
    written = select(Checkin.id).where(Checkin.person_id == person.id, Checkin.week == notification.week)
    if await session.scalar(written):
        return Over("answered")
    return await _not_started(session, notification, person, now)


async def _reminder_over(
    session: AsyncSession, notification: Notification, person: Person, now: datetime
) -> Over | None:
    """A reminder is also over if its nudge had to wait until the same morning."""
    if over := await _nudge_over(session, notification, person, now):
        return over
    reason = await needless(session, person, notification.week, now)
    return Over(reason) if reason else None


def _week_closes(notification: Notification, person: Person) -> datetime:
    return clock.closes_at(notification.week, person.timezone)


def _next_digest(notification: Notification, person: Person) -> datetime:
    return clock.due_at(notification.week + timedelta(weeks=1), clock.MORNING, person.timezone)


def _asks_for(notification: Notification) -> AskedWeek:
    week = notification.week
    return AskedWeek(week, tuple(key(kind, notification.person_id, week) for kind in (NUDGE, REMINDER)))


async def _nudge_comes_at(session: AsyncSession, person: Person, now: datetime) -> datetime | None:
    """A nudge that is not planned yet comes tomorrow at the earliest."""
    week = clock.week_of(clock.local(now, person.timezone).date())
    written = select(Checkin.id).where(Checkin.person_id == person.id, Checkin.week == week)
    if await session.scalar(written):
        return None
    nudge = await session.scalar(select(Notification).where(Notification.key == key(NUDGE, person.id, week)))
    if nudge is not None:
        is_coming = nudge.state == NotificationState.PLANNED and nudge.due_at > now
        return nudge.due_at if is_coming else None
    return next_day(now, person) if await started_at(session) else None


ROLLOUT_OFF = {
    "rollout_off": "HR has not started the weekly check-in; to start it, run: rapport nudges start"
}
ASKING = {
    **ROLLOUT_OFF,
    "answered": "the check-in is written",
    "holiday": "the rest of that week is off",
    "nudged_today": "the nudge itself comes that day",
    "off_week": "no week of their rhythm",
    "too_late": "no working morning before the week closes",
}
NUDGE = Kind(
    name="checkins.nudge",
    rank=Rank.OWN,
    why=Why(
        part_of="Weekly check-in",
        rule="I ask you {rhythm}, on a working day when you are not away, and only while that week's check-in is "
        "missing.",
        set_by="{whose}",
    ),
    ends=endings.asked,
    over=_nudge_over,
    useful_until=_week_closes,
    asks_for=_asks_for,
    comes_at=_nudge_comes_at,
    reasons=ASKING,
)
REMINDER = Kind(
    name="checkins.reminder",
    rank=Rank.OWN,
    why=Why(
        part_of="Weekly check-in",
        rule="I remind you once, on the working morning after I asked, while the week is open and your check-in is "
        "missing. I ask you {rhythm}.",
        set_by="{whose}",
    ),
    ends=endings.asked,
    over=_reminder_over,
    useful_until=_week_closes,
    asks_for=_asks_for,
    reasons=ASKING,
)
DIGEST = Kind(
    name="checkins.digest",
    rank=Rank.OWN,  # it comes at a time that its reader was told
    why=Why(
        part_of="Team digest",
        rule="On Monday at 09:00 your time I sum up the week of the people who report to you.",
        set_by="The directory says who reports to you; your HR admins keep it.",
    ),
    ends=endings.digest,
    over=_not_started,
    useful_until=_next_digest,
    reasons={
        **ROLLOUT_OFF,
        "holiday": "the rest of that week is off",
        "no_reports": "nobody reports to them",
        "no_team": "nobody reports to them",
        "too_late": "its hour was over when it was planned",
    },
)
WELCOME = Kind(
    name="welcome",
    rank=Rank.WAITS,  # news would wait for the first question, and this comes before it
    why=Why(
        part_of="Weekly check-in",
        rule="Everybody is greeted once, before the first question. I ask you {rhythm}.",
        set_by="{whose}",
    ),
    ends=endings.welcome,
    over=_not_started,
    reasons=ROLLOUT_OFF,
)
KINDS = (NUDGE, REMINDER, DIGEST, WELCOME)

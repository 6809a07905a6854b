"""The reader's budget of unasked messages: one per local day, three per local week. All messages count, and only news
and thanks wait for it.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Notification, NotificationState, Person
from bot.services.notifications.kinds import Rank
from bot.services.notifications.ledger import IS_OPEN, IS_PLANNED, KEEPS_HOURS

A_DAY = 1
A_WEEK = 3
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """`todays` is a message of today that further notifications can be merged into, if it still stands
    unchanged.
    """

    todays: Notification | None
    today: int
    this_week: int

    @property
    def allows_another(self) -> bool:
        return self.today < A_DAY and self.this_week < A_WEEK


async def budget_of(session: AsyncSession, person: Person, *, now: datetime) -> Budget:
    """Messages with a rank count, each once, whatever was merged into it or became of it."""
    here = clock.local(now, person.timezone)
    monday = datetime.combine(clock.week_of(here.date()), time(), tzinfo=here.tzinfo)
    midnight = datetime.combine(here.date(), time(), tzinfo=here.tzinfo)
    said = await session.scalars(
        select(Notification)
        .where(
            Notification.person_id == person.id,
            Notification.sent_at >= monday,
            KEEPS_HOURS,
            Notification.merged_into_id.is_(None),
        )
        .order_by(Notification.sent_at.desc())
        .limit(A_WEEK + 1)
    )
    messages = said.all()
    of_today = [one for one in messages if one.sent_at and one.sent_at >= midnight]
    standing = (one for one in of_today if one.state == NotificationState.SENT and one.slack_ts)
    return Budget(next(standing, None), len(of_today), len(messages))


async def in_doubt_until(session: AsyncSession, person: Person, in_hand: Notification) -> datetime | None:
    """The time until which we cannot know whether another message than `in_hand` has reached this person."""
    return await session.scalar(
        select(func.max(Notification.lease_until)).where(
            Notification.person_id == person.id, Notification.id != in_hand.id, KEEPS_HOURS, IS_OPEN
        )
    )


async def own_planned_at(session: AsyncSession, person: Person, now: datetime) -> datetime | None:
    """The time of this person's next planned question of this week; one that is due already comes in a moment."""
    due = await session.scalar(
        select(func.min(Notification.due_at)).where(
            Notification.person_id == person.id,
            Notification.rank == Rank.OWN,
            IS_PLANNED,
            Notification.due_at < next_week(now, person),
        )
    )
    return max(due, now + A_MOMENT) if due else None


def next_day(now: datetime, person: Person) -> datetime:
    """The daily count begins anew at this instant, in the person's zone."""
    here = clock.local(now, person.timezone)
    return datetime.combine(here.date() + timedelta(days=1), time(), tzinfo=here.tzinfo)


def next_week(now: datetime, person: Person) -> datetime:
    """The weekly count begins anew at this instant, in the person's zone."""
    here = clock.local(now, person.timezone)
    monday = clock.week_of(here.date()) + timedelta(days=7)
    return datetime.combine(monday, time(), tzinfo=here.tzinfo)

"""How much unasked talk a person has had: one message a local day, three a local week."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import Prepared
from bot.models import Notification, NotificationState, Person
from bot.services.notifications.ledger import IS_OPEN

A_DAY = 1
A_WEEK = 3


@dataclass(frozen=True, slots=True)
class Budget:
    """`todays` is the message that further notifications of today can be merged into, if it stands as it was said."""

    todays: Notification | None
    today: int
    this_week: int

    @property
    def allows_another(self) -> bool:
        return self.today < A_DAY and self.this_week < A_WEEK


async def budget_of(
    session: AsyncSession, person: Person, *, kinds: Collection[str], now: datetime
) -> Budget:
    """`kinds` are those that count. Each message counts once, whatever was merged into it or became of it."""
    here = clock.local(now, person.timezone)
    monday = datetime.combine(clock.week_of(here.date()), time(), tzinfo=here.tzinfo)
    midnight = datetime.combine(here.date(), time(), tzinfo=here.tzinfo)
    said = await session.scalars(
        select(Notification)
        .where(
            Notification.person_id == person.id,
            Notification.sent_at >= monday,
            Notification.kind.in_(kinds),
            Notification.merged_into_id.is_(None),
        )
        .order_by(Notification.sent_at.desc())
        .limit(A_WEEK + 1)
    )
    messages = said.all()
    of_today = [one for one in messages if one.sent_at and one.sent_at >= midnight]
    standing = (one for one in of_today if one.state == NotificationState.SENT and one.slack_ts)
    return Budget(next(standing, None), len(of_today), len(messages))


IN_DOUBT = Prepared(
    Notification,
    select(func.max(Notification.lease_until)).where(
        Notification.person_id == bindparam("of"),
        Notification.id.not_in(bindparam("in_hand", expanding=True)),
        Notification.kind.in_(bindparam("the_kinds", expanding=True)),
        IS_OPEN,
    ),
)


async def in_doubt_until(
    session: AsyncSession, person: Person, *in_hand: Notification, kinds: Collection[str]
) -> datetime | None:
    """When we shall know more of a message that may have reached them already, besides those in our hands."""
    ids = [notification.id for notification in in_hand]
    found = await IN_DOUBT.execute(session, of=person.id, in_hand=ids, the_kinds=list(kinds))
    until: datetime | None = found.scalar()
    return until


def next_day(now: datetime, person: Person) -> datetime:
    """When the daily count begins anew, in the person's zone."""
    here = clock.local(now, person.timezone)
    return datetime.combine(here.date() + timedelta(days=1), time(), tzinfo=here.tzinfo)


def next_week(now: datetime, person: Person) -> datetime:
    """When the weekly count begins anew, in the person's zone."""
    here = clock.local(now, person.timezone)
    monday = clock.week_of(here.date()) + timedelta(days=7)
    return datetime.combine(monday, time(), tzinfo=here.tzinfo)

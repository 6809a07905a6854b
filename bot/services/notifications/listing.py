"""The ledger as an operator reads it: its rows, and how many there are in each state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notification, NotificationState, Person
from bot.services.notifications.ledger import IS_PLANNED

COUNTED = 300_000  # the newest rows: a week of 100,000 people, counted in about a second


@dataclass(frozen=True, slots=True)
class Listing:
    entries: Sequence[tuple[Notification, Person]]
    total: int


@dataclass(frozen=True, slots=True)
class Count:
    kind: str
    state: NotificationState
    reason: str | None
    number: int


async def entries(
    session: AsyncSession, *, person: Person | None = None, state: NotificationState | None = None, limit: int
) -> Listing:
    """The latest due comes first, at most `limit`, in two queries."""
    which = []
    if person is not None:
        which.append(Notification.person_id == person.id)
    if state is not None:
        which.append(Notification.state == state)
    total = await session.scalar(select(func.count(Notification.id)).where(*which)) or 0
    rows = await session.execute(
        select(Notification, Person)
        .join(Person, Person.id == Notification.person_id)
        .where(*which)
        .order_by(Notification.due_at.desc(), Notification.id.desc())
        .limit(limit)
    )
    return Listing([(notification, reader) for notification, reader in rows], total)


async def counts(session: AsyncSession, *, newest: int = COUNTED) -> Sequence[Count]:
    """Only the newest rows are counted, so that a ledger of years costs no more than one of weeks."""
    fields = (Notification.kind, Notification.state, Notification.reason)
    rows = select(*fields).order_by(Notification.id.desc()).limit(newest).subquery()
    found = await session.execute(
        select(rows.c.kind, rows.c.state, rows.c.reason, func.count()).group_by(*rows.c)
    )
    return [Count(*row) for row in found]


async def overdue(session: AsyncSession, *, now: datetime) -> timedelta:
    """The age of the oldest due notification; zero if none is due."""
    due_at = await session.scalar(select(func.min(Notification.due_at)).where(IS_PLANNED))
    return max(now - due_at, timedelta()) if due_at else timedelta()

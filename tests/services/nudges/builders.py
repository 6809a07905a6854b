"""A week of planning around a Wednesday, and what the ledger says afterwards."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import insert_rows
from bot.models import Beat, Notification, Person
from bot.packs import shipped_packs
from bot.services import nudges, rhythms
from tests.conftest import NOW

PACKS = shipped_packs()
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = date(2026, 11, 16)
THURSDAY = NOW + DAY  # 15:00 in Lisbon; the nudge is due on Friday at 16:00
SATURDAY = NOW + 3 * DAY


async def plan(session: AsyncSession, now: datetime = THURSDAY) -> nudges.Planned:
    return await nudges.plan(session, now=now, packs=PACKS)


async def rows(session: AsyncSession, *kinds: str) -> Sequence[Any]:
    fields = (
        Notification.person_id,
        Notification.kind,
        Notification.key,
        Notification.due_at,
        Notification.local_date,
        Notification.timezone,
    )
    return (
        await session.execute(
            select(
                *fields,
                Notification.state,
                Notification.reason,
                Notification.expires_at,
                Notification.subject,
            )
            .where(Notification.kind.in_(kinds or (nudges.NUDGE.name,)))
            .order_by(Notification.id)
        )
    ).all()


async def only(session: AsyncSession, kind: str = nudges.NUDGE.name) -> Any:
    (row,) = await rows(session, kind)
    return row


async def outcome(session: AsyncSession, kind: str = nudges.NUDGE.name) -> tuple[str, str | None]:
    row = await only(session, kind)
    return row.state, row.reason


async def choose(session: AsyncSession, person: Person, beat: Beat, now: datetime = NOW) -> None:
    await rhythms.choose(session, person, person=person, now=now, **beat._asdict())


def local_time(row: Any) -> datetime:
    return clock.local(row.due_at, row.timezone).replace(tzinfo=None)


def opens(day: date, hour: int) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(hour))
    return start, start + timedelta(minutes=30)


def assert_inside(row: Any, day: date, hour: int) -> None:
    first, last = opens(day, hour)
    assert first <= local_time(row) < last, f"{row.kind} at {local_time(row)}"


async def a_crowd(session: AsyncSession, size: int) -> None:
    await insert_rows(
        session,
        Person,
        [
            {"name": f"P{n}", "slack_user_id": f"U{n}", "kind": "member", "title_from_csv": False}
            for n in range(size)
        ],
    )

"""A check-in in one line, and who is told."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Answer, Checkin, Notification, Person
from bot.packs import shipped_packs
from bot.services import checkins
from tests.conftest import NOW

WEEK = date(2026, 11, 16)
PACKS = shipped_packs()


async def write(session: AsyncSession, me: Person, text: str = "shipped it", **changes: Any) -> Checkin:
    values: dict[str, Any] = {
        "week": WEEK,
        "answers": (Answer("moved", "What moved?", text), Answer("next", "What next?", "rest")),
        "energy": None,
        "load": None,
        "now": NOW,
    }
    checkin_id = await checkins.submit(session, me, **values | changes)
    return await session.get_one(Checkin, checkin_id)


async def notifications(session: AsyncSession) -> list[tuple[str, int]]:
    rows = await session.execute(select(Notification.kind, Notification.person_id).order_by(Notification.id))
    return [(kind, person_id) for kind, person_id in rows]

"""Awards in one line each, and what is planned of them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import AwardType, Notification, Person, Verdict
from bot.models.awards import NewNomination
from bot.services import awards, people
from tests.conftest import NOW

ACT, EFFECT = "Rebuilt the importer on a weekend.", "Two customers stayed."


async def hr(session: AsyncSession, person: Person) -> Person:
    await people.grant_hr(session, person, now=NOW)
    return person


def new(nominee: Person | None, award: AwardType, **changes: Any) -> NewNomination:
    values: dict[str, Any] = {"act": ACT, "effect": EFFECT}
    return NewNomination(nominee.slack_user_id if nominee else None, award.id, **values | changes)


async def nominate(session: AsyncSession, by: Person, nominee: Person, award: AwardType, **other: Any) -> int:
    return await awards.nominate(session, by, new(nominee, award, **other), now=NOW)


async def decide(session: AsyncSession, by: Person, nomination_id: int, **changes: Any) -> None:
    values: dict[str, Any] = {"verdict": Verdict.APPROVED, "reason": "", "budget_code": "HR-7"}
    await awards.decide(session, by, nomination_id, **values | changes, now=NOW)


async def planned(session: AsyncSession) -> list[tuple[str, int, str | None]]:
    rows = await session.execute(
        select(Notification.kind, Notification.person_id, Notification.to_channel).order_by(
            Notification.due_at, Notification.id
        )
    )
    return [(kind, person_id, channel) for kind, person_id, channel in rows]

"""The operator's list of everybody in the directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models import Department, HrGrant, Person
from bot.services.people.active import standing


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, with names instead of ids. `state` is in words: a colleague, a guest, an app …"""

    name: str
    email: str | None
    slack_user_id: str | None
    title: str | None
    department: str | None
    manager: str | None
    manager_email: str | None
    start_date: date | None
    country: str | None
    timezone: str | None
    state: str
    is_hr: bool


@dataclass(frozen=True, slots=True)
class Listing:
    entries: Sequence[Entry]
    total: int


async def everybody(session: AsyncSession, *, limit: int) -> Listing:
    """People by name, at most `limit`, in two queries."""
    total = await session.scalar(select(func.count()).select_from(Person)) or 0
    manager = aliased(Person)
    is_hr = exists().where(HrGrant.person_id == Person.id, HrGrant.revoked_at.is_(None))
    rows = await session.execute(
        select(Person, manager, Department, is_hr)
        .outerjoin(manager, manager.id == Person.manager_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .order_by(Person.name, Person.id)
        .limit(limit)
    )
    return Listing([_entry(*row) for row in rows], total)


def _entry(person: Person, manager: Person | None, department: Department | None, is_hr: bool) -> Entry:
    return Entry(
        name=person.name,
        email=person.email,
        slack_user_id=person.slack_user_id,
        title=person.title,
        department=department.path if department else None,
        manager=manager.name if manager else None,
        manager_email=manager.email if manager else None,
        start_date=person.start_date,
        country=person.country,
        timezone=person.timezone,
        state=standing(person),
        is_hr=is_hr,
    )

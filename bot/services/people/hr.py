"""The HR role: the operator gives and takes it. People who need help are told the names of HR admins."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.errors import Invalid
from bot.models import HrGrant, Person
from bot.services.people.active import ACTIVE, standing
from bot.services.people.words import in_words


async def is_hr(session: AsyncSession, person: Person) -> bool:
    if not person.is_active:
        return False
    grant = select(HrGrant.id).where(HrGrant.person_id == person.id, HrGrant.revoked_at.is_(None))
    return await session.scalar(grant) is not None


async def hr_admins(session: AsyncSession, *, limit: int = 3) -> list[Person]:
    admins = (
        select(Person)
        .join(HrGrant, HrGrant.person_id == Person.id)
        .where(HrGrant.revoked_at.is_(None), *ACTIVE)
        .order_by(Person.name, Person.id)
        .limit(limit)
    )
    return list(await session.scalars(admins))


async def whom_to_ask(session: AsyncSession) -> str:
    """The words that follow "please": every refusal names somebody who can help."""
    names = [person.name for person in await hr_admins(session)]
    if not names:
        return "ask whoever installed Rapport"
    if len(names) == 1:
        return f"ask your HR admin, {names[0]},"
    return f"ask one of your HR admins, {in_words(names, 'or')},"


async def grant_hr(session: AsyncSession, person: Person, *, now: datetime) -> bool:
    """False if they had the role already."""
    if not person.is_active:
        raise Invalid(f"{person.name} is {standing(person)}; only a colleague can be an HR admin.")
    return bool(await insert_rows(session, HrGrant, [{"person_id": person.id, "granted_at": now}]))


async def revoke_hr(session: AsyncSession, person: Person, *, now: datetime) -> bool:
    """False if they did not have the role. Leavers can lose it too."""
    revoked = await session.execute(
        update(HrGrant)
        .where(HrGrant.person_id == person.id, HrGrant.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(HrGrant.id)
    )
    return revoked.first() is not None

"""The departments above a person."""

from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models import Department, Person

MOST_LEVELS = 20  # deeper trees are a mistake, and a circle in the data must not become an endless query


async def department_path(session: AsyncSession, person: Person) -> list[Department]:
    """The person's own department first, then its parents, in one query."""
    if person.department_id is None:
        return []
    path = (
        select(Department.id, Department.parent_id, literal(1).label("level"))
        .where(Department.id == person.department_id)
        .cte("path", recursive=True)
    )
    parent = aliased(Department)
    path = path.union_all(
        select(parent.id, parent.parent_id, path.c.level + 1).where(
            parent.id == path.c.parent_id, path.c.level < MOST_LEVELS
        )
    )
    found = await session.scalars(
        select(Department).join(path, Department.id == path.c.id).order_by(path.c.level)
    )
    return list(dict.fromkeys(found))

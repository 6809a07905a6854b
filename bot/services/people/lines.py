"""Reporting lines: who is above and below whom, and changing a manager with the former one kept in the history."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.db import insert_rows, update_rows
from bot.errors import Invalid
from bot.models import Person, ReportingLine, Workspace
from bot.services.people.active import ACTIVE, standing
from bot.services.people.words import as_chain

Item = TypeVar("Item")

MOST_LEVELS = 20  # levels above a person; a reporting line is followed no further
ANY_LEVEL = 1_000  # for finding circles: further than any company is deep
CHUNK = 1_000  # ids in one statement; SQLite takes 32,766 parameters, asyncpg 32,767


async def reports_of(session: AsyncSession, manager: Person, *, limit: int) -> list[Person]:
    """Active direct reports, by name."""
    reports = select(Person).where(Person.manager_id == manager.id, *ACTIVE)
    return list(await session.scalars(reports.order_by(Person.name, Person.id).limit(limit)))


async def line_above(session: AsyncSession, person: Person) -> list[Person]:
    """Manager, manager's manager and so on, at most 20, in one query. Leavers in between do not break the line."""
    return await _line_above(session, person, MOST_LEVELS)


async def stands_above(session: AsyncSession, viewer: Person, author: Person) -> bool:
    """True if the viewer is above the author's direct manager."""
    return viewer.id in [person.id for person in (await line_above(session, author))[1:]]


async def set_manager(
    session: AsyncSession, person: Person, manager: Person | None, *, now: datetime
) -> None:
    """Changes the manager from now on; the former one stays in the history.

    Refuses circles (naming the chain), self-management, and managers who are no active colleagues.
    """
    await lock_directory(session)
    for one in filter(None, (person, manager)):
        await session.refresh(one)  # what was loaded before the lock may be history
    if manager is not None:
        await _require_possible(session, person, manager)
    manager_id = manager.id if manager else None
    if person.manager_id != manager_id:
        await set_managers(session, {person.id: manager_id}, now=now)


async def set_managers(session: AsyncSession, managers: Mapping[int, int | None], *, now: datetime) -> None:
    """Changes many managers at once, with their history, in a bounded number of statements.

    Callers have looked for circles themselves, under `lock_directory`, and pass only people whose manager
    changes.
    """
    changes = [{"id": person_id, "manager_id": manager_id} for person_id, manager_id in managers.items()]
    await update_rows(session, Person, changes)
    for person_ids in chunked(managers):
        await session.execute(
            update(ReportingLine)
            .where(ReportingLine.person_id.in_(person_ids), ReportingLine.until.is_(None))
            .values(until=now)
        )
    begun = [
        {"person_id": person_id, "manager_id": manager_id, "since": now}
        for person_id, manager_id in managers.items()
        if manager_id is not None
    ]
    await insert_rows(session, ReportingLine, begun)


async def lock_directory(session: AsyncSession) -> None:
    """Lets one transaction at a time change the people and the reporting lines.

    Two harmless changes can make a circle together, and a sync must not undo a concurrent event. SQLite has a
    single writer anyway and ignores this.
    """
    await session.execute(select(Workspace.workspace_id).with_for_update(key_share=True))


def chunked(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


async def _require_possible(session: AsyncSession, person: Person, manager: Person) -> None:
    if manager.id == person.id:
        raise Invalid(
            f"{as_chain([person.name, person.name])}: nobody can be their own manager.", field="manager"
        )
    if not manager.is_active:
        raise Invalid(
            f"{manager.name} is {standing(manager)}, so nobody can report to them. Please pick a colleague.",
            field="manager",
        )
    above = await _line_above(session, manager, ANY_LEVEL)
    way = [person, manager, *above]
    if person.id in (ids := [one.id for one in above]):
        chain = as_chain([one.name for one in way[: ids.index(person.id) + 3]])
        raise Invalid(f"That would close a circle: {chain}. Change another line first.", field="manager")


async def _line_above(session: AsyncSession, person: Person, levels: int) -> list[Person]:
    if person.manager_id is None:
        return []
    line = (
        select(Person.id, Person.manager_id, literal(1).label("level"))
        .where(Person.id == person.manager_id)
        .cte("line", recursive=True)
    )
    upper = aliased(Person)
    line = line.union_all(
        select(upper.id, upper.manager_id, line.c.level + 1).where(
            upper.id == line.c.manager_id, line.c.level < levels
        )
    )
    found = await session.scalars(select(Person).join(line, Person.id == line.c.id).order_by(line.c.level))
    return [one for one in dict.fromkeys(found) if one.id != person.id]

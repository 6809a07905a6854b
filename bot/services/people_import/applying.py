"""Writes an `ImportPlan`: departments, people, reporting lines, in a bounded number of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows, update_rows
from bot.errors import Invalid
from bot.models import Department, Person
from bot.services import people
from bot.services.people_import.cells import SEPARATOR
from bot.services.people_import.plan import ImportPlan, PersonPlan


async def apply(session: AsyncSession, plan: ImportPlan, *, now: datetime) -> None:
    """Applies the whole plan or nothing, in the transaction of the planning."""
    if plan.problems:
        raise Invalid("The file has mistakes, so nothing was imported.")
    departments = await _departments(session, plan.new_departments)
    await insert_rows(session, Person, [_row(one, departments) for one in plan.new])
    known = [{"id": one.node, **_row(one, departments)} for one in (*plan.changed, *plan.confirmed)]
    await update_rows(session, Person, known)
    await _managers(session, plan, now)


def _row(one: PersonPlan, departments: Mapping[str, int]) -> dict[str, object]:
    return {**one.values, "department_id": departments[one.department] if one.department else None}


async def _departments(session: AsyncSession, added: Sequence[str]) -> dict[str, int]:
    """All departments by path, after adding the new ones level by level: a child needs its parent's id."""
    ids = await _paths(session)
    for level in sorted({path.count(SEPARATOR) for path in added}):
        rows = []
        for path in (path for path in added if path.count(SEPARATOR) == level):
            parent, _, name = path.rpartition(SEPARATOR)
            rows.append({"name": name, "path": path, "parent_id": ids[parent] if parent else None})
        await insert_rows(session, Department, rows)
        ids = await _paths(session)
    return ids


async def _paths(session: AsyncSession) -> dict[str, int]:
    rows = await session.execute(select(Department.path, Department.id))
    return {row.path: row.id for row in rows}


async def _managers(session: AsyncSession, plan: ImportPlan, now: datetime) -> None:
    ids = await _ids_of_new(session, plan.new)

    def resolved(node: int) -> int:
        return ids.get(node, node)

    changes = {
        resolved(one.node): resolved(one.manager) if one.manager is not None else None
        for one in (*plan.new, *plan.changed)
        if one.changes_manager
    }
    await people.set_managers(session, changes, now=now)


async def _ids_of_new(session: AsyncSession, new: Sequence[PersonPlan]) -> dict[int, int]:
    """The database's ids of new people, by their node in the plan."""
    if not new:
        return {}
    rows = list(await session.execute(select(Person.id, Person.email, Person.slack_user_id)))
    by_email = {row.email: row.id for row in rows if row.email}
    by_account = {row.slack_user_id: row.id for row in rows if row.slack_user_id}
    return {
        one.node: by_account.get(one.values["slack_user_id"]) or by_email[one.values["email"]] for one in new
    }

"""Finds the choice that counts: the person's, the nearest department's up the tree, the company's, the shipped
one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Department, Person, Rhythm, RhythmInForce
from bot.models.rhythms import Source
from bot.packs import Packs
from bot.services import people

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AFTERNOON = 16 * 60
DEFAULT = RhythmInForce(WEEKDAYS.index("Friday"), AFTERNOON, 1, "default")

Place = tuple[int | None, int | None]  # person, department; neither: the company
COMPANY: Place = (None, None)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rhythms of people without a choice of their own: by department, and for people in none."""

    by_department: Mapping[int, RhythmInForce]
    otherwise: RhythmInForce


async def rhythm_of(session: AsyncSession, person: Person, packs: Packs) -> RhythmInForce:
    """The rhythm that counts for this person, and who chose it."""
    path = await people.department_path(session, person)
    near = Rhythm.department_id.in_([department.id for department in path])
    chosen = await _chosen(session, or_(Rhythm.person_id == person.id, _is_company(), near))
    return chosen.get((person.id, None)) or _nearest(path, chosen, packs)


async def rhythms_of(
    session: AsyncSession, persons: Sequence[Person], packs: Packs
) -> dict[int, RhythmInForce]:
    """The rhythms of many people at once, in three queries."""
    shared = await rules(session, packs)
    chosen = await _chosen(session, Rhythm.person_id.in_([person.id for person in persons]))
    return {
        person.id: chosen.get((person.id, None))
        or shared.by_department.get(person.department_id or 0, shared.otherwise)
        for person in persons
    }


async def rules(session: AsyncSession, packs: Packs) -> Rules:
    """All rules in two queries, however many departments there are."""
    chosen = await _chosen(session, Rhythm.person_id.is_(None))
    departments = {one.id: one for one in await session.scalars(select(Department))}
    return Rules(
        {one.id: _nearest(_path(one, departments), chosen, packs) for one in departments.values()},
        _nearest((), chosen, packs),
    )


def _path(department: Department, departments: Mapping[int, Department]) -> Sequence[Department]:
    """The department first, then its parents; a circle in the data ends the path."""
    path = {department.id: department}
    here = departments.get(department.parent_id or 0)
    while here is not None and here.id not in path:
        path[here.id] = here
        here = departments.get(here.parent_id or 0)
    return list(path.values())


def _nearest(
    path: Sequence[Department], chosen: Mapping[Place, RhythmInForce], packs: Packs
) -> RhythmInForce:
    for department in path:
        if rhythm := chosen.get((None, department.id)):
            return replace(rhythm, place=department.path)
    if COMPANY in chosen:
        return chosen[COMPANY]
    shipped = (packs.for_department(department.name) for department in path)
    for pack in shipped:
        if pack is not None:
            return RhythmInForce(WEEKDAYS.index(pack.weekday), AFTERNOON, 1, "pack", place=pack.name)
    return DEFAULT


async def _chosen(session: AsyncSession, which: Any) -> dict[Place, RhythmInForce]:
    rows = await session.execute(
        select(Rhythm, Person.name).outerjoin(Person, Person.id == Rhythm.chosen_by_id).where(which)
    )
    return {(row.person_id, row.department_id): _in_force(row, name) for row, name in rows}


def _in_force(row: Rhythm, name: str | None) -> RhythmInForce:
    source: Source = "person" if row.person_id else "department" if row.department_id else "company"
    return RhythmInForce(
        row.weekday, row.minute, row.every_weeks, source, chosen_by=name, chosen_at=row.chosen_at
    )


def _is_company() -> Any:
    return Rhythm.person_id.is_(None) & Rhythm.department_id.is_(None)

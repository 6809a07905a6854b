"""Figures about groups: no published number lets anybody work out one about fewer than five people.

Groups under five form one row "others", which takes in more groups, the smallest first, until it has five
people itself. Only sizes decide that: if numbers did, the shape of the table would give them away. A number of
that row that is the same for everybody in it (none or all) would tell about each of its parts: it is left out,
with its total.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Department, Person
from bot.models.groups import Group, Table
from bot.services import people

THRESHOLD = 5
NO_DEPARTMENT = "without a department"


async def departments(session: AsyncSession) -> Mapping[int, str]:
    """Each person who works here → the path of their department."""
    rows = await session.execute(
        select(Person.id, Department.path)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(*people.ACTIVE)
    )
    return {person: path or NO_DEPARTMENT for person, path in rows}


def counted(departments: Mapping[int, str], *answers: Collection[int]) -> Table:
    """For each department, the number of its people among those who answer each question with yes."""
    members: dict[str, set[int]] = {}
    for person, department in departments.items():
        members.setdefault(department, set()).add(person)
    return published(
        [
            Group(name, len(them), tuple(len(them.intersection(yes)) for yes in answers))
            for name, them in members.items()
        ]
    )


def published(groups: Sequence[Group]) -> Table:
    largest_first = sorted((one for one in groups if one.people), key=lambda one: (-one.people, one.name))
    shown = [one for one in largest_first if one.people >= THRESHOLD]
    others = [one for one in largest_first if one.people < THRESHOLD]
    while others and shown and _people(others) < THRESHOLD:
        others.append(shown.pop())
    if 0 < _people(others) < THRESHOLD:
        return Table((), None)
    by_name = tuple(sorted(shown, key=lambda one: one.name))
    return Table(by_name, _together(others) if others else None)


def _people(groups: Sequence[Group]) -> int:
    return sum(one.people for one in groups)


def _together(groups: Sequence[Group]) -> Group:
    people = _people(groups)
    sums = [
        sum(count or 0 for count in counts) for counts in zip(*(one.counts for one in groups), strict=True)
    ]
    return Group("others", people, tuple(count if 0 < count < people else None for count in sums))

"""Chooses a person's questions: the nearest choice wins (person, team, department, company)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Department, PackChoice, Person
from bot.packs import Pack, Packs, Question
from bot.services import people

Place = tuple[int | None, int | None, int | None]  # person, manager of a team, department; at most one is set
COMPANY: Place = (None, None, None)


@dataclass(frozen=True, slots=True)
class QuestionsFor:
    pack: Pack
    questions: tuple[Question, ...]


async def questions_for(session: AsyncSession, person: Person, *, week: date, packs: Packs) -> QuestionsFor:
    departments = await people.department_path(session, person)
    pack = nearest_pack(person, departments, await _choices(session, person, departments), packs)
    return QuestionsFor(pack, pack.questions_for(week))


def nearest_pack(
    person: Person, departments: Sequence[Department], choices: Sequence[PackChoice], packs: Packs
) -> Pack:
    """Person → their manager's team → department and its parents → company → the shipped default → core.

    A choice of a pack that no longer exists counts as no choice.
    """
    chosen = {_place(choice): packs.get(choice.pack) for choice in choices}
    team: list[Place] = [(None, person.manager_id, None)] if person.manager_id else []
    nearby: list[Place] = [(None, None, department.id) for department in departments]
    nearest = (chosen.get(place) for place in [(person.id, None, None), *team, *nearby, COMPANY])
    shipped = (packs.for_department(department.name) for department in departments)
    return next((pack for pack in (*nearest, *shipped) if pack), packs.core)


def _place(choice: PackChoice) -> Place:
    return (choice.person_id, choice.team_manager_id, choice.department_id)


async def _choices(
    session: AsyncSession, person: Person, departments: Sequence[Department]
) -> Sequence[PackChoice]:
    company_wide = (
        PackChoice.person_id.is_(None)
        & PackChoice.team_manager_id.is_(None)
        & PackChoice.department_id.is_(None)
    )
    near = [PackChoice.person_id == person.id, company_wide]
    if person.manager_id is not None:
        near.append(PackChoice.team_manager_id == person.manager_id)
    if departments:
        near.append(PackChoice.department_id.in_([department.id for department in departments]))
    return (await session.scalars(select(PackChoice).where(or_(*near)))).all()

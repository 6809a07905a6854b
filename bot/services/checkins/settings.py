"""HR's settings for check-ins: which questions are asked where, and whether the line above may read."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import policy
from bot.errors import Invalid
from bot.models import Department, PackChoice, Person, Workspace
from bot.models.checkins import CheckinSettings, ChosenPack
from bot.packs import Packs
from bot.services import people

CHOICES_SHOWN = 20
DEPARTMENTS_SHOWN = 500
ONLY_HR = "Only HR admins choose the questions and the readers. Ask one of them to change it."


async def require_hr(session: AsyncSession, actor: Person) -> None:
    policy.require(await people.is_hr(session, actor), ONLY_HR)


async def settings(session: AsyncSession, actor: Person, *, packs: Packs) -> CheckinSettings:
    await require_hr(session, actor)
    team_manager = aliased(Person)
    found = await session.execute(
        select(PackChoice.pack, Person.name, team_manager.name, Department.path)
        .outerjoin(Person, Person.id == PackChoice.person_id)
        .outerjoin(team_manager, team_manager.id == PackChoice.team_manager_id)
        .outerjoin(Department, Department.id == PackChoice.department_id)
        .order_by(_is_company_wide().desc(), PackChoice.id)  # the company's comes first: no limit drops it
        .limit(CHOICES_SHOWN + 1)
    )
    choices = found.all()
    departments = await session.scalars(select(Department).order_by(Department.path).limit(DEPARTMENTS_SHOWN))
    known = {pack.key: pack.name for pack in packs}
    return CheckinSettings(
        packs=known,
        departments=tuple(departments),
        choices=tuple(
            ChosenPack(known.get(key, key), person=person, team_of=team_of, department=department)
            for key, person, team_of, department in choices[:CHOICES_SHOWN]
        ),
        has_more_choices=len(choices) > CHOICES_SHOWN,
        line_above_reads=bool(await session.scalar(select(Workspace.line_above_reads_checkins))),
    )


def _is_company_wide() -> ColumnElement[bool]:
    return and_(
        PackChoice.person_id.is_(None),
        PackChoice.team_manager_id.is_(None),
        PackChoice.department_id.is_(None),
    )


async def open_to_line_above(session: AsyncSession, actor: Person, *, reads: bool) -> None:
    """The setting counts for check-ins written from now on. What was written before keeps its readers."""
    await require_hr(session, actor)
    workspace = (await session.scalars(select(Workspace))).one()
    workspace.line_above_reads_checkins = reads
    await session.flush()


async def choose_pack(
    session: AsyncSession,
    actor: Person,
    *,
    pack: str | None,
    packs: Packs,
    person: Person | None = None,
    team_of: Person | None = None,
    department_id: int | None = None,
    now: datetime,
) -> None:
    """HR chooses a pack for one place; without a place it is the whole company's. `pack=None` takes the choice
    back.
    """
    policy.require(
        await people.is_hr(session, actor),
        "Only HR admins choose the questions. Ask one of them to change it.",
    )
    if pack is not None and packs.get(pack) is None:
        raise Invalid("That question pack no longer exists. Choose another one.", field="pack")
    if department_id is not None and await session.get(Department, department_id) is None:
        raise Invalid("That department no longer exists. Choose another place.", field="place")
    place = {
        "person_id": person.id if person else None,
        "team_manager_id": team_of.id if team_of else None,
        "department_id": department_id,
    }
    await session.execute(
        delete(PackChoice).where(
            *(getattr(PackChoice, column).is_not_distinct_from(value) for column, value in place.items())
        )
    )
    if pack is not None:
        session.add(PackChoice(**place, pack=pack, chosen_at=now))
        await session.flush()

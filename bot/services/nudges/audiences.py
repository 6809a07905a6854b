"""Who is meant, as queries: the people of a batch with zone, country and the rhythm they are in as one number.

That number joins them with their slots; for what does not follow a rhythm it says which audience they are.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, column, func, literal, select, values
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.db.expressions import computed_once
from bot.models import Beat, Pause, Person, Rhythm
from bot.services.nudges.slots import Where
from bot.services.people import ACTIVE
from bot.services.rhythms import Rules

REACHABLE = (*ACTIVE, Person.slack_user_id.is_not(None))
MANAGING, EVERYBODY = -1, -2
ALL = range(2**31 - 1)  # ids


def number(beat: Beat) -> int:
    return (beat.weekday * 1440 + beat.minute) * 8 + beat.every_weeks


def beat(number: int) -> Beat:
    moment, every_weeks = divmod(number, 8)
    return Beat(*divmod(moment, 1440), every_weeks)


def within(batch: range) -> tuple[ColumnElement[bool], ...]:
    return (Person.id >= batch.start, Person.id < batch.stop)


def asked(rules: Rules, batch: range) -> Subquery:
    """Everybody the bot can reach, in their own rhythm, their department's, or the one of all others."""
    own = (Rhythm.weekday * 1440 + Rhythm.minute) * 8 + Rhythm.every_weeks
    otherwise = number(rules.otherwise.beat)
    special = [(id, number(one.beat)) for id, one in rules.by_department.items()]
    special = [(id, beat) for id, beat in special if beat != otherwise]
    if not special:
        people = _people(func.coalesce(own, otherwise), batch)
    else:
        columns = (column("department_id", Integer), column("rhythm", Integer))
        departments = values(*columns, name="rhythms_of").data(special).cte("rhythms_of", nesting=True)
        people = _people(func.coalesce(own, departments.c.rhythm, otherwise), batch).outerjoin(
            departments, departments.c.department_id == Person.department_id
        )
    return people.outerjoin(Rhythm, Rhythm.person_id == Person.id).subquery("asked")


def managing(batch: range = ALL) -> Subquery:
    """Whoever has at least one active report."""
    report = aliased(Person)
    leading = select(report.manager_id).where(report.manager_id.is_not(None), *_active(report)).distinct()
    has_reports = Person.id.in_(select(computed_once(leading, "leading")))
    return computed_once(_people(literal(MANAGING), batch).where(has_reports), "managing")


def everybody(batch: range = ALL) -> Subquery:
    return _people(literal(EVERYBODY), batch).subquery("everybody")


def _people(rhythm: ColumnElement[Any], batch: range) -> Select[Any]:
    return (
        select(
            Person.id,
            func.coalesce(Person.timezone, "").label("timezone"),
            func.coalesce(Person.country, "").label("country"),
            rhythm.label("rhythm"),
        )
        .select_from(Person)
        .where(*REACHABLE, *within(batch))
    )


def _active(person: Any) -> tuple[ColumnElement[bool], ...]:
    return (person.kind == "member", person.deactivated_at.is_(None))


def paused(now: datetime) -> Subquery:
    """Until when each person in a pause has asked for silence."""
    ends = (
        select(Pause.person_id, func.max(Pause.until).label("until"))
        .where(Pause.until > now, Pause.ended_at.is_(None))
        .group_by(Pause.person_id)
    )
    return computed_once(ends, "paused")


async def groups(session: AsyncSession, people: Subquery) -> Sequence[tuple[Where, int]]:
    """The distinct places and rhythms among these people: a few, however many people."""
    found = await session.execute(
        select(people.c.timezone, people.c.country, people.c.rhythm).distinct().select_from(people)
    )
    return [(Where(timezone, country), rhythm) for timezone, country, rhythm in found]

"""The audiences of planned messages, as queries. Each row has a person of the batch, their zone and country,
and a number.

The number is the person's rhythm, which joins them with their slots. Messages that follow no rhythm have one
number for each audience.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    cast,
    column,
    exists,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.db.expressions import computed_once, rows_as_table
from bot.models import Beat, Notification, NotificationState, Pause, Person, PersonKind, Rhythm
from bot.services.nudges.kinds import WELCOME
from bot.services.nudges.slots import Where
from bot.services.people import ACTIVE
from bot.services.rhythms import Rules

REACHABLE = (*ACTIVE, Person.slack_user_id.is_not(None))
MANAGING, WELCOMED = -1, -2
ALL = range(2**31 - 1)  # ids
INACTIVE = "inactive"
IN_DEPARTMENT = (column("department_id", Integer), column("rhythm", Integer))


def number(beat: Beat) -> int:
    return (beat.weekday * 1440 + beat.minute) * 8 + beat.every_weeks


def beat(number: int) -> Beat:
    moment, every_weeks = divmod(number, 8)
    return Beat(*divmod(moment, 1440), every_weeks)


def audience(session: AsyncSession, rules: Rules, batch: range) -> Subquery:
    """Each person stands once for each audience they belong to."""
    return computed_once(
        union_all(_asked(session, rules, batch), _managing(batch), _newcomers(batch)), "meant"
    )


def _asked(session: AsyncSession, rules: Rules, batch: range) -> Select[Any]:
    """People are asked in their own rhythm, their department's, or the one of all others."""
    own = (Rhythm.weekday * 1440 + Rhythm.minute) * 8 + Rhythm.every_weeks
    otherwise = number(rules.otherwise.beat)
    shared = [(id, number(one.beat)) for id, one in rules.by_department.items()]
    special = [(id, rhythm) for id, rhythm in shared if rhythm != otherwise]
    departments = rows_as_table(session, "departments_in", IN_DEPARTMENT, special)
    return (
        _people(func.coalesce(own, departments.c.rhythm, otherwise), batch)
        .outerjoin(departments, departments.c.department_id == Person.department_id)
        .outerjoin(Rhythm, Rhythm.person_id == Person.id)
    )


def _managing(batch: range) -> Select[Any]:
    return _people(literal(MANAGING), batch).where(Person.id.in_(managers(batch)))


def _newcomers(batch: range) -> Select[Any]:
    """People who were not welcomed yet, or left before they were."""
    never_came = (Notification.state == NotificationState.SKIPPED) & (Notification.reason == INACTIVE)
    welcomed = exists().where(
        Notification.person_id == Person.id,
        Notification.key == WELCOME.name + ":" + cast(Person.id, String),
        ~never_came,
    )
    return _people(literal(WELCOMED), batch).where(~welcomed)


def _people(rhythm: ColumnElement[Any], batch: range) -> Select[Any]:
    return (
        select(
            Person.id,
            func.coalesce(Person.timezone, "").label("timezone"),
            func.coalesce(Person.country, "").label("country"),
            rhythm.label("rhythm"),
        )
        .select_from(Person)
        .where(*REACHABLE, Person.id >= batch.start, Person.id < batch.stop)
    )


def managers(batch: range = ALL) -> Select[Any]:
    """The ids of all who have at least one active report."""
    report = aliased(Person)
    active = (report.kind == PersonKind.MEMBER, report.deactivated_at.is_(None))
    led_from = (report.manager_id >= batch.start, report.manager_id < batch.stop)
    return select(computed_once(select(report.manager_id).where(*led_from, *active).distinct(), "managers"))


def paused(now: datetime) -> Subquery:
    """The end of each paused person's pause."""
    ends = (
        select(Pause.person_id, func.max(Pause.until).label("until"))
        .where(Pause.until > now, Pause.ended_at.is_(None))
        .group_by(Pause.person_id)
    )
    return computed_once(ends, "paused")


async def groups(session: AsyncSession, people: Subquery) -> Sequence[tuple[Where, int]]:
    """The few distinct combinations of place and rhythm among these people."""
    found = await session.execute(
        select(people.c.timezone, people.c.country, people.c.rhythm).distinct().select_from(people)
    )
    return [(Where(timezone, country), rhythm) for timezone, country, rhythm in found]

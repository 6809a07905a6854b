"""Choosing a rhythm: people for themselves, HR for a department or the company."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.db import insert_rows
from bot.errors import Invalid
from bot.models import Department, Person, Rhythm
from bot.models.rhythms import ChosenRhythm, RhythmSettings
from bot.services import people
from bot.services.rhythms.in_force import WEEKDAYS

EVERY = (1, 2, 4)
DEPARTMENTS_SHOWN = 99  # a select holds 100 options, and one of them is the company

TOO_EARLY = "Between 00:00 and 04:00 clocks jump and people sleep. Choose a time from 08:00 to 17:59."
QUIET = "The bot is quiet from 18:00 to 08:00. Choose a time from 08:00 to 17:59."
NOT_THEIRS = "Everybody chooses their own time. HR can change it for a department or the company."
ONLY_HR = "Only HR admins choose the rhythm of a department or the company. Ask one of them to change it."


async def settings(session: AsyncSession, actor: Person) -> RhythmSettings:
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    rows = await session.execute(
        select(Rhythm, Department.path)
        .outerjoin(Department, Department.id == Rhythm.department_id)
        .where(Rhythm.person_id.is_(None))
        .order_by(Department.path.is_not(None), Department.path)
    )
    departments = await session.scalars(select(Department).order_by(Department.path).limit(DEPARTMENTS_SHOWN))
    return RhythmSettings(
        tuple(departments),
        tuple(ChosenRhythm(row.weekday, row.minute, row.every_weeks, path) for row, path in rows),
    )


async def choose(
    session: AsyncSession,
    actor: Person | None,
    *,
    person: Person | None = None,
    department_id: int | None = None,
    company: bool = False,
    weekday: int,
    minute: int,
    every_weeks: int = 1,
    now: datetime,
) -> None:
    """Sets the rhythm of exactly one place: a person, a department, the company. No actor means the operator.

    It counts from now on: a week whose new moment has passed already is not asked for again.
    """
    _require_possible(weekday, minute, every_weeks)
    await _require_allowed(session, actor, person, department_id, company)
    if person is not None:
        _require_working_day(person, weekday, now)
    place = _place(person, department_id)
    values: dict[str, object] = {
        "weekday": weekday,
        "minute": minute,
        "every_weeks": every_weeks,
        "chosen_by_id": actor.id if actor else None,
        "chosen_at": now,
    }
    changed = await session.scalars(update(Rhythm).where(*_at(place)).values(values).returning(Rhythm.id))
    if changed.first() is None:
        await insert_rows(session, Rhythm, [{**place, **values}])


async def take_back(
    session: AsyncSession,
    actor: Person | None,
    *,
    person: Person | None = None,
    department_id: int | None = None,
    company: bool = False,
) -> None:
    """Removes a choice, so that the next wider one counts again."""
    await _require_allowed(session, actor, person, department_id, company)
    await session.execute(delete(Rhythm).where(*_at(_place(person, department_id))))


def _place(person: Person | None, department_id: int | None) -> dict[str, int | None]:
    return {"person_id": person.id if person else None, "department_id": department_id}


def _at(place: Mapping[str, int | None]) -> list[Any]:
    return [getattr(Rhythm, column).is_not_distinct_from(value) for column, value in place.items()]


def _require_possible(weekday: int, minute: int, every_weeks: int) -> None:
    if not 0 <= weekday < len(WEEKDAYS):
        raise Invalid("Choose a day of the week.", field="weekday")
    if 0 <= minute < clock.FIRST_MINUTE:
        raise Invalid(TOO_EARLY, field="minute")
    if not clock.OPENS <= minute < clock.CLOSES:
        raise Invalid(QUIET, field="minute")
    if every_weeks not in EVERY:
        raise Invalid("Choose every week, every two weeks or every four weeks.", field="every_weeks")


async def _require_allowed(
    session: AsyncSession,
    actor: Person | None,
    person: Person | None,
    department_id: int | None,
    company: bool,
) -> None:
    if [person is not None, department_id is not None, company].count(True) != 1:
        raise ValueError("a rhythm is chosen for one place at a time")
    if person is not None:
        policy.require(actor is None or policy.may_choose_rhythm(actor, person), NOT_THEIRS)
        return
    policy.require(actor is None or await people.is_hr(session, actor), ONLY_HR)
    if department_id is not None and await session.get(Department, department_id) is None:
        raise Invalid("That department no longer exists. Choose another one.", field="place")


def _require_working_day(person: Person, weekday: int, now: datetime) -> None:
    """Refuses a day on which this person is never asked, as it and the rest of their week are always off."""
    this_week = clock.week_of(clock.local(now, person.timezone).date())
    days = (this_week + timedelta(weeks=ahead, days=weekday) for ahead in range(5))
    if not any(clock.working_day_in_week(day, person.country) for day in days):
        raise Invalid(
            f"{WEEKDAYS[weekday]} is not a working day where you are. Choose another day.", field="weekday"
        )

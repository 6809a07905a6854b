"""When somebody is asked: their own choice, else the nearest department's, the company's, the pack's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.db import insert_rows
from bot.errors import Invalid
from bot.models import (
    Checkin,
    Department,
    Notice,
    NoticeState,
    Pause,
    Person,
    Rhythm,
    RhythmInForce,
    RhythmQuestion,
)
from bot.models.rhythms import ChosenRhythm, RhythmSettings, Source
from bot.packs import Packs
from bot.services import people

FRIDAY, AFTERNOON = 4, 16 * 60
DEFAULT = RhythmInForce(FRIDAY, AFTERNOON, 1, "default")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY = (1, 2, 4)
DEPARTMENTS_SHOWN = 99  # a select holds 100 options, and one of them is the company
LOOK_BACK = 9  # weeks: with a rhythm of four weeks, room for two of them

TOO_EARLY = "Between 00:00 and 04:00 clocks jump and people sleep. Choose a time from 08:00 to 17:59."
QUIET = "The bot is quiet from 18:00 to 08:00. Choose a time from 08:00 to 17:59."
NOT_THEIRS = "Everybody chooses their own time. HR can change it for a department or the company."
ONLY_HR = "Only HR admins choose the rhythm of a department or the company. Ask one of them to change it."

Place = tuple[int | None, int | None]  # person, department; neither: the company
COMPANY: Place = (None, None)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rhythm of everybody who did not choose their own: by department, and for those in none."""

    by_department: Mapping[int, RhythmInForce]
    otherwise: RhythmInForce


async def rhythm_of(session: AsyncSession, person: Person, packs: Packs) -> RhythmInForce:
    """The rhythm in force, and where it comes from."""
    path = await people.department_path(session, person)
    near = Rhythm.department_id.in_([department.id for department in path])
    chosen = await _chosen(session, or_(Rhythm.person_id == person.id, _is_company(), near))
    return chosen.get((person.id, None)) or _nearest(path, chosen, packs)


async def rules(session: AsyncSession, packs: Packs) -> Rules:
    """In two queries, however many departments there are."""
    chosen = await _chosen(session, Rhythm.person_id.is_(None))
    departments = {one.id: one for one in await session.scalars(select(Department))}
    return Rules(
        {one.id: _nearest(_path(one, departments), chosen, packs) for one in departments.values()},
        _nearest((), chosen, packs),
    )


def _path(department: Department, departments: Mapping[int, Department]) -> Sequence[Department]:
    """The department itself first, then upwards; a circle in the data ends where it closes."""
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
    """Sets the rhythm of exactly one place: a person, a department, the company. No actor: the operator.

    Counts from now on: a week whose new moment has passed already is not asked for again.
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
    """Gives a choice up, so that the next wider one holds again."""
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
    """A weekday off with only days off behind it would mean never."""
    this_week = clock.week_of(clock.local(now, person.timezone).date())
    days = (this_week + timedelta(weeks=ahead, days=weekday) for ahead in range(5))
    if not any(clock.working_day_in_week(day, person.country) for day in days):
        raise Invalid(
            f"{WEEKDAYS[weekday]} is not a working day where you are. Choose another day.", field="weekday"
        )


async def should_ask_too_often(session: AsyncSession, person: Person, week: date) -> bool:
    """Whether the two latest weeks asked for before that one were both let pass, and nobody asked about it yet.

    A week in which the person asked for silence does not count, neither for nor against.
    """
    asked = select(RhythmQuestion.id).where(RhythmQuestion.person_id == person.id)
    if await session.scalar(asked) is not None:
        return False
    weeks = await _weeks_asked_for(session, person, week)
    latest = weeks[:2]
    return len(latest) == 2 and not any(written for written in latest)


async def _weeks_asked_for(session: AsyncSession, person: Person, before: date) -> list[bool]:
    """Newest first, of each week a nudge arrived for: whether it was written."""
    weeks = [before - timedelta(weeks=back) for back in range(1, LOOK_BACK)]
    keys = {f"checkins.nudge:{person.id}:{week}": week for week in weeks}
    sent = await session.scalars(
        select(Notice.key).where(Notice.key.in_(keys), Notice.state == NoticeState.SENT)
    )
    arrived = {keys[key] for key in sent}
    written = set(
        await session.scalars(
            select(Checkin.week).where(Checkin.person_id == person.id, Checkin.week.in_(weeks))
        )
    )
    pauses = list(await session.scalars(select(Pause).where(Pause.person_id == person.id)))
    return [
        week in written
        for week in weeks
        if week in written or (week in arrived and not _was_silent(person, pauses, week))
    ]


def _was_silent(person: Person, pauses: Sequence[Pause], week: date) -> bool:
    begins = clock.closes_at(week - timedelta(weeks=1), person.timezone)
    ends = clock.closes_at(week, person.timezone)
    return any(pause.since < ends and (pause.ended_at or pause.until) > begins for pause in pauses)


async def asked_too_often(session: AsyncSession, person: Person, *, now: datetime) -> bool:
    """Remembers that "Too often?" was asked, so that it is asked once. False if it had been."""
    return bool(await insert_rows(session, RhythmQuestion, [{"person_id": person.id, "asked_at": now}]))

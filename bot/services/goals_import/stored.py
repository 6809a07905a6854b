"""Goals in the database, before and after an import: what is there already, and writing what a plan adds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.db import insert_rows
from bot.errors import Invalid
from bot.models import Goal, GoalEvent, KeyResult, Person
from bot.models.goals import Deed, GoalKind, GoalState, Level, Measure, NewKeyResult, Period, scoring
from bot.services import people
from bot.services.goals import calendar, key_results
from bot.services.goals.summaries import IS_OPEN
from bot.services.goals_import.sheet import SheetGoal
from bot.services.tables import Problem

MOST_GOALS = 50_000  # open ones of a workspace that are looked through for parents
GoalKey = tuple[int, Level, str, str]  # owner, level, period, title without its case

NOTE = "Brought in from a file."

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """A goal that is there, with the name of its parent and what measures it."""

    goal: Goal
    parent_title: str | None
    key_results: Mapping[str, KeyResult]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`periods` are by their name in the file. A name that no period has leads to a sentence saying so."""

    today: date
    people: Mapping[str, Person]
    leaders: frozenset[int]
    periods: Mapping[str | None, Period | str]
    titles: Mapping[str, Sequence[tuple[int, Level]]]
    known: Mapping[GoalKey, Known]

    @classmethod
    async def load(cls, session: AsyncSession, goals: Sequence[SheetGoal], *, today: date) -> "Surroundings":
        owners = await _owners(session, {goal.owner_email for goal in goals})
        return cls(
            today=today,
            people=owners,
            leaders=await _leaders(session),
            periods=await _periods(session, {goal.period for goal in goals}, today),
            titles=await _titles(session),
            known=await _known(session, [person.id for person in owners.values()], today),
        )


async def _owners(session: AsyncSession, emails: set[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for some in people.chunked(sorted(emails)):
        rows = await session.scalars(select(Person).where(Person.email.in_(some)))
        found |= {person.email: person for person in rows if person.email}
    return found


async def _leaders(session: AsyncSession) -> frozenset[int]:
    managers = select(Person.manager_id).where(Person.manager_id.is_not(None), *people.ACTIVE).distinct()
    return frozenset(await session.scalars(managers))


async def _periods(
    session: AsyncSession, names: set[str | None], today: date
) -> dict[str | None, Period | str]:
    found: dict[str | None, Period | str] = {}
    for name in names:
        try:
            found[name] = await calendar.named(session, name, today=today)
        except Invalid as mistake:
            found[name] = mistake.sentence
    return found


async def _titles(session: AsyncSession) -> dict[str, list[tuple[int, Level]]]:
    """Titles are folded here, since not every database can fold their case."""
    found: dict[str, list[tuple[int, Level]]] = {}
    is_open = select(Goal.id, Goal.level, Goal.title).where(IS_OPEN)
    for goal_id, level, title in await session.execute(is_open.limit(MOST_GOALS)):
        found.setdefault(title.casefold(), []).append((goal_id, Level(level)))
    return found


async def _known(session: AsyncSession, owner_ids: Sequence[int], today: date) -> dict[GoalKey, Known]:
    """Goals of these people whose period is not over. Closed ones count, too: they must not be added once more."""
    goals: list[tuple[Goal, str | None]] = []
    parent = aliased(Goal)
    for some in people.chunked(sorted(owner_ids)):
        own = select(Goal, parent.title).outerjoin(parent, parent.id == Goal.parent_id)
        rows = await session.execute(own.where(Goal.owner_id.in_(some), Goal.ends_on >= today))
        goals += [(goal, title) for goal, title in rows]
    results = await key_results.live_of(session, [goal.id for goal, _ in goals])
    return {_key(goal): Known(goal, title, _by_title(results.get(goal.id, ()))) for goal, title in goals}


def _by_title(results: Sequence[KeyResult]) -> Mapping[str, KeyResult]:
    return {result.title.casefold(): result for result in results}


def _key(goal: Goal) -> GoalKey:
    return (goal.owner_id, Level(goal.level), goal.period, goal.title.casefold())


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """One goal to add. `parent`: the id of a goal there is, or minus the line of one in this file."""

    row: SheetGoal
    owner_id: int
    owner_name: str
    period: Period
    department_id: int | None
    team_manager_id: int | None
    parent: int | None = None

    @property
    def node(self) -> int:
        return -self.row.line

    @property
    def key_results(self) -> tuple[NewKeyResult, ...]:
        return self.row.key_results


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Problems, or else the goals to add."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    new: tuple[GoalPlan, ...] = ()
    unchanged: int = 0


async def apply(session: AsyncSession, actor: Person, plan: ImportPlan, *, now: datetime) -> None:
    """Adds all of the plan or nothing, in the transaction that planned it. Nobody is told, since it was agreed
    elsewhere.
    """
    if plan.problems:
        raise Invalid("The file has mistakes, so nothing was imported.")
    ids: dict[int, int] = {}
    waiting = list(plan.new)
    while waiting:  # children need their parents' ids
        ready = [one for one in waiting if one.parent is None or one.parent > 0 or one.parent in ids]
        await insert_rows(session, Goal, [_goal(one, actor, ids, now) for one in ready])
        ids |= await _ids(session, ready, now)
        waiting = [one for one in waiting if one.node not in ids]
    results = [row for one in plan.new for row in _key_results(one, ids[one.node], now)]
    await insert_rows(session, KeyResult, results)
    await insert_rows(session, GoalEvent, [_event(one, ids[one.node], actor, now) for one in plan.new])


async def _ids(session: AsyncSession, added: Sequence[GoalPlan], now: datetime) -> dict[int, int]:
    """The ids of the goals that were added just now, by node."""
    found: dict[tuple[object, ...], int] = {}
    for some in people.chunked(sorted({one.owner_id for one in added})):
        of_now = select(Goal.owner_id, Goal.level, Goal.period, Goal.title, Goal.id)
        rows = await session.execute(
            of_now.where(Goal.owner_id.in_(some), Goal.set_at == now).order_by(Goal.id)
        )
        found |= {tuple(key): goal_id for *key, goal_id in rows}
    return {one.node: found[one.owner_id, one.row.level, one.period.name, one.row.title] for one in added}


def _goal(one: GoalPlan, actor: Person, ids: Mapping[int, int], now: datetime) -> Row:
    row = one.row
    return {
        "level": row.level,
        "owner_id": one.owner_id,
        "department_id": one.department_id,
        "team_manager_id": one.team_manager_id,
        "title": row.title,
        "kind": row.kind,
        "visibility": row.visibility,
        "period": one.period.name,
        "starts_on": one.period.starts_on,
        "ends_on": one.period.ends_on,
        **_counted(one, now),
        "parent_id": ids.get(one.parent, one.parent) if one.parent else None,
        "set_by_id": actor.id,
        "set_at": now,
        "state": GoalState.AGREED,
        "state_by_id": actor.id,
        "state_since": now,
        "touched_at": now,
    }


def _first_day(one: GoalPlan, now: datetime) -> date:
    return scoring.begins_on(one.period.starts_on, one.period.ends_on, now.date())


def _counted(one: GoalPlan, now: datetime) -> Row:
    """An imported goal begins at nothing on the day of the import, and gains each day that a number is held."""
    day = _first_day(one, now)
    results = key_results.checked(one.key_results)
    for result in results:
        result.held_from = result.read_on = day
    counts_itself = one.row.kind != GoalKind.LEARNING
    gain = scoring.daily_gain(results, one.period.ends_on, day) if counts_itself else 0.0
    return {"begins_on": day, "scored_on": day, "progress": 0.0, "daily_gain": gain}


def _key_results(one: GoalPlan, goal_id: int, now: datetime) -> Iterator[Row]:
    for new in one.key_results:
        held_from = _first_day(one, now) if new.measure == Measure.HOLD else None
        yield {
            "goal_id": goal_id,
            "title": new.title,
            "measure": new.measure,
            "unit": new.unit,
            "start": new.start,
            "target": new.target,
            "current": new.start,
            "held_from": held_from,
            "read_on": held_from,
            "milestones": (),
        }


def _event(one: GoalPlan, goal_id: int, actor: Person, now: datetime) -> Row:
    return {
        "goal_id": goal_id,
        "person_id": actor.id,
        "deed": Deed.PROPOSED,
        "at": now,
        "progress": 0.0,
        "note": NOTE,
    }

"""What is there already, as far as a file touches it: read in a handful of statements, however long the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.errors import Invalid
from bot.models import Goal, KeyResult, Person
from bot.models.goals import Level, Period
from bot.services import people
from bot.services.goals import calendar, measuring
from bot.services.goals.lines import IS_OPEN
from bot.services.goals_import.sheet import SheetGoal

MOST_GOALS = 50_000  # open ones of a workspace that are looked through for parents
GoalKey = tuple[int, Level, str, str]  # owner, level, period, title without its case


@dataclass(frozen=True, slots=True)
class Known:
    """A goal that is there, with the name of its parent and what measures it."""

    goal: Goal
    parent_title: str | None
    key_results: Mapping[str, KeyResult]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`periods`: by the name in the file; a sentence where there is none of that name."""

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
    """Open goals by title without its case, which not every database can fold."""
    found: dict[str, list[tuple[int, Level]]] = {}
    is_open = select(Goal.id, Goal.level, Goal.title).where(IS_OPEN)
    for goal_id, level, title in await session.execute(is_open.limit(MOST_GOALS)):
        found.setdefault(title.casefold(), []).append((goal_id, Level(level)))
    return found


async def _known(session: AsyncSession, owner_ids: Sequence[int], today: date) -> dict[GoalKey, Known]:
    """Goals of these people whose period is not over, closed ones too: they are not to be added once more."""
    goals: list[tuple[Goal, str | None]] = []
    parent = aliased(Goal)
    for some in people.chunked(sorted(owner_ids)):
        own = select(Goal, parent.title).outerjoin(parent, parent.id == Goal.parent_id)
        rows = await session.execute(own.where(Goal.owner_id.in_(some), Goal.ends_on >= today))
        goals += [(goal, title) for goal, title in rows]
    results = await measuring.live_of(session, [goal.id for goal, _ in goals])
    return {_key(goal): Known(goal, title, _by_title(results.get(goal.id, ()))) for goal, title in goals}


def _by_title(results: Sequence[KeyResult]) -> Mapping[str, KeyResult]:
    return {result.title.casefold(): result for result in results}


def _key(goal: Goal) -> GoalKey:
    return (goal.owner_id, Level(goal.level), goal.period, goal.title.casefold())

"""Writes an `ImportPlan`: goals level by level, then what measures them, and a line of history each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.errors import Invalid
from bot.models import Goal, GoalEvent, KeyResult, Person
from bot.models.goals import Deed, GoalKind, GoalState, scoring
from bot.services import people
from bot.services.goals import measuring
from bot.services.goals_import.plan import GoalPlan, ImportPlan

NOTE = "Brought in from a file."
OF_KEY_RESULT = (
    "title",
    "measure",
    "unit",
    "weight",
    "start",
    "target",
    "current",
    "tolerance",
    "milestones",
)

Row = dict[str, object]


async def apply(session: AsyncSession, actor: Person, plan: ImportPlan, *, now: datetime) -> None:
    """In the transaction of the planning, and all of it or nothing. Nobody is told: it was agreed elsewhere."""
    if plan.problems:
        raise Invalid("The file has mistakes, so nothing was imported.")
    ids: dict[int, int] = {}
    waiting = list(plan.new)
    while waiting:  # children need their parents' ids
        ready = [one for one in waiting if one.parent is None or one.parent > 0 or one.parent in ids]
        await insert_rows(session, Goal, [_goal(one, actor, ids, now) for one in ready])
        ids |= await _ids(session, ready, now)
        waiting = [one for one in waiting if one.node not in ids]
    results = [row for one in plan.new for row in _key_results(one, ids[one.node])]
    await insert_rows(session, KeyResult, results)
    await insert_rows(session, GoalEvent, [_event(one, ids[one.node], actor, now) for one in plan.new])


async def _ids(session: AsyncSession, added: Sequence[GoalPlan], now: datetime) -> dict[int, int]:
    """By node: what the database called the goals of this import."""
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
        "parent_id": ids.get(one.parent, one.parent) if one.parent else None,
        "set_by_id": actor.id,
        "set_at": now,
        "state": GoalState.AGREED,
        "state_by_id": actor.id,
        "state_since": now,
        "progress": _progress(one),
        "touched_at": now,
    }


def _progress(one: GoalPlan) -> float:
    """Not always 0: what is to be held may be where it should be."""
    if one.row.kind == GoalKind.LEARNING:
        return 0.0
    return scoring.progress(measuring.checked(one.key_results)) or 0.0


def _key_results(one: GoalPlan, goal_id: int) -> Iterator[Row]:
    for new in one.key_results:
        yield {
            "goal_id": goal_id,
            "title": new.title,
            "measure": new.measure,
            "unit": new.unit,
            "start": new.start,
            "target": new.target,
            "current": new.start,
            "milestones": (),
        }


def _event(one: GoalPlan, goal_id: int, actor: Person, now: datetime) -> Row:
    return {
        "goal_id": goal_id,
        "person_id": actor.id,
        "deed": Deed.PROPOSED,
        "at": now,
        "progress": _progress(one),
        "note": NOTE,
    }

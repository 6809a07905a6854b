"""Goals for a file of HR's: a line for each key result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock, policy
from bot.models import Goal, KeyResult, Person
from bot.models.goals import Measure
from bot.services import people
from bot.services.goals import key_results

MOST = 50_000  # goals in one file
ONLY_HR = "Only HR admins take the goals of everybody out into a file. Ask one of them."
HEADER = (
    *("owner_email", "level", "title", "kind", "period", "key_result", "start", "target", "unit", "measure"),
    *("parent_title", "visibility", "owner_name", "current", "progress", "confidence", "state"),
)


@dataclass(frozen=True, slots=True)
class Export:
    """`goals` counts those in the file. `is_cut` says that there are more than one file holds."""

    rows: Sequence[Sequence[object]]
    goals: int
    is_cut: bool


async def export(session: AsyncSession, actor: Person, *, period: str | None, now: datetime) -> Export:
    """Goals of one period or of all, ordered by owner. An import reads the columns it shares as they are written
    here.
    """
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    parent = aliased(Goal)
    which = [Goal.period == period.strip()] if period is not None else []
    found = await session.execute(
        select(Goal, Person, parent.title)
        .join(Person, Person.id == Goal.owner_id)
        .outerjoin(parent, parent.id == Goal.parent_id)
        .where(*which)
        .order_by(Person.name, Person.id, Goal.starts_on, Goal.id)
        .limit(MOST + 1)
    )
    lines = found.all()
    written = lines[:MOST]
    results = await key_results.live_of(session, [goal.id for goal, _, _ in written])
    today = clock.local(now, actor.timezone).date()
    rows = [
        _row(goal, owner, title, result, today)
        for goal, owner, title in written
        for result in results.get(goal.id) or (None,)
    ]
    return Export(rows, len(written), is_cut=len(lines) > MOST)


def _row(
    goal: Goal, owner: Person, parent_title: str | None, result: KeyResult | None, today: date
) -> Sequence[object]:
    of_goal = (owner.email, goal.level, goal.title, goal.kind, goal.period)
    of_result = _measured(result) if result else (None,) * 5
    progress = round(key_results.progress_of(goal, today), 4)
    standing = (owner.name, result.current if result else None, progress, goal.confidence)
    return (*of_goal, *of_result, parent_title, goal.visibility, *standing, goal.state)


def _measured(result: KeyResult) -> Sequence[object]:
    """Yes/no and milestones have no numbers here, since an import reads numbers as a metric."""
    if result.measure in (Measure.YES_NO, Measure.MILESTONES):
        return (result.title, None, None, None, None)
    return (result.title, result.start, result.target, result.unit, result.measure)

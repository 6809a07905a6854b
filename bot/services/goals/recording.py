"""Each deed leaves a line in the goal's history: who, when, how it stood after, and why."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Goal, GoalEvent, Person
from bot.models.goals import Deed, GoalState


def record(
    session: AsyncSession,
    actor: Person,
    goal: Goal,
    deed: Deed,
    *,
    note: str = "",
    change: Mapping[str, object] | None = None,
    now: datetime,
) -> None:
    session.add(
        GoalEvent(
            goal_id=goal.id,
            person_id=actor.id,
            deed=deed,
            at=now,
            progress=goal.progress,
            confidence=goal.confidence,
            note=note or None,
            change=dict(change or {}),
        )
    )


def enter(goal: Goal, state: GoalState, actor: Person, now: datetime) -> None:
    """A state says who brought the goal there, and when."""
    goal.state, goal.state_by_id, goal.state_since = state, actor.id, now

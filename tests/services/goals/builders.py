"""Goals and what is done with them, as one line each."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Notification, Person
from bot.models.goals import GoalState, NewGoal, NewKeyResult
from bot.services import goals
from tests.conftest import NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AFTER = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)  # a Monday, the quarter is over
TICKETS = NewKeyResult("Tickets per week", start=40, target=20)


async def set_goal(session: AsyncSession, me: Person, title: str = "Fewer tickets", **values: Any) -> int:
    now = values.pop("now", NOW)
    return await goals.create(session, me, NewGoal(title, **values), now=now)


async def close(session: AsyncSession, me: Person, goal_id: int, **values: Any) -> int | None:
    said: dict[str, Any] = {
        "seen": 1,
        "outcome": GoalState.CLOSED,
        "score": 0.8,
        "sentence": "Nearly all of it",
        "now": NOW,
    }
    return await goals.close(session, me, goal_id, **said | values)


async def told(session: AsyncSession, kind: str) -> list[int]:
    rows = await session.scalars(
        select(Notification.person_id).where(Notification.kind == kind).order_by(Notification.id)
    )
    return list(rows)


def ids(summaries: Any) -> list[int]:
    return [goal.goal_id for goal in summaries]

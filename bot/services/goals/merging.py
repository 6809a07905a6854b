"""Two rows of the directory turn out to be one person: goals follow from the one known by e-mail only."""

from collections.abc import Mapping

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.models import Goal, GoalCoOwner
from bot.services import people

PERSONS = (Goal.owner_id, Goal.team_manager_id, Goal.set_by_id)  # history keeps its rows


async def pass_on(session: AsyncSession, heirs: Mapping[int, int]) -> None:
    """The same few statements for each thousand people."""
    for ids in people.chunked(heirs):
        new_ids = {old_id: heirs[old_id] for old_id in ids}
        await session.execute(
            update(Goal)
            .where(or_(*(column.in_(ids) for column in PERSONS)))
            .values({column: case(new_ids, value=column, else_=column) for column in PERSONS})
            .execution_options(synchronize_session=False)
        )
        await _pass_on_shares(session, new_ids)


async def _pass_on_shares(session: AsyncSession, heirs: Mapping[int, int]) -> None:
    """Whoever shared a goal under both rows shares it once. What was said before they came stays unheard."""
    columns = (GoalCoOwner.goal_id, GoalCoOwner.person_id, GoalCoOwner.since)
    shares = await session.execute(select(*columns).where(GoalCoOwner.person_id.in_(heirs)))
    rows = [
        {"goal_id": goal_id, "person_id": heirs[old_id], "since": since} for goal_id, old_id, since in shares
    ]
    if rows:
        await insert_rows(session, GoalCoOwner, rows)
        await session.execute(delete(GoalCoOwner).where(GoalCoOwner.person_id.in_(heirs)))

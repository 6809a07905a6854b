"""Two rows of the directory turn out to be one person: goals follow from the one known by e-mail only."""

from collections.abc import Mapping, Sequence

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.models import Goal, GoalCoOwner
from bot.services import people

PERSONS = (
    Goal.owner_id,
    Goal.team_manager_id,
    Goal.set_by_id,
)  # who counts from now on; history keeps its rows


async def pass_on(session: AsyncSession, heirs: Mapping[int, int]) -> None:
    """The same few statements for each thousand people."""
    for ids in people.chunked(heirs):
        for column in PERSONS:
            heir = case({old_id: heirs[old_id] for old_id in ids}, value=column)
            await session.execute(
                update(Goal)
                .where(column.in_(ids))
                .values({column: heir})
                .execution_options(synchronize_session=False)
            )
        await _pass_on_shares(session, ids, heirs)


async def _pass_on_shares(session: AsyncSession, ids: Sequence[int], heirs: Mapping[int, int]) -> None:
    """Whoever shared a goal under both rows shares it once."""
    shares = select(GoalCoOwner.goal_id, GoalCoOwner.person_id).where(GoalCoOwner.person_id.in_(ids))
    rows = [
        {"goal_id": goal_id, "person_id": heirs[old_id]} for goal_id, old_id in await session.execute(shares)
    ]
    await insert_rows(session, GoalCoOwner, rows)
    await session.execute(delete(GoalCoOwner).where(GoalCoOwner.person_id.in_(ids)))

"""What a goal is linked with: messages as evidence, and the check-ins whose next step serves it."""

import re
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import Checkin, CheckinGoal, GoalEvidence, Person
from bot.services.goals.access import access, require_open, to_change

PERMALINK = re.compile(r"https://[a-z0-9.-]+\.slack\.com/archives/\S+")
LONGEST = 500  # characters of a link


async def add_evidence(
    session: AsyncSession, me: Person, goal_id: int, *, permalink: str, now: datetime
) -> None:
    """Keeps the link, who and when; the message itself stays where it is."""
    await to_change(session, me, goal_id)
    if len(permalink) > LONGEST or not PERMALINK.fullmatch(permalink):
        raise Invalid(
            "That is no link to a Slack message. Use “Add to goal” on the message.", field="permalink"
        )
    row = {"goal_id": goal_id, "permalink": permalink, "added_by_id": me.id, "added_at": now}
    if not await insert_rows(session, GoalEvidence, [row]):
        raise AlreadyDone("This message is kept with the goal already.")


async def serve(session: AsyncSession, me: Person, *, checkin_id: int, goal_id: int | None) -> None:
    """What matters next in one's own check-in serves this goal, or none."""
    own = select(Checkin.id).where(Checkin.id == checkin_id, Checkin.person_id == me.id)
    if await session.scalar(own) is None:
        raise NotFound("That check-in is not yours to link.")
    await session.execute(delete(CheckinGoal).where(CheckinGoal.checkin_id == checkin_id))
    if goal_id is None:
        return
    require_open((await access(session, me, goal_id)).goal, me)
    await insert_rows(session, CheckinGoal, [{"checkin_id": checkin_id, "goal_id": goal_id}])


async def served(session: AsyncSession, checkin_id: int) -> int | None:
    """The goal of a check-in that the caller has been let read."""
    which = select(CheckinGoal.goal_id).where(CheckinGoal.checkin_id == checkin_id)
    found: int | None = await session.scalar(which)
    return found

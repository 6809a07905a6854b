"""The start of the weekly check-in, and the size of its first round."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import Person, Workspace
from bot.services import people
from bot.services.notifications.pace import FAST, SLOW

STARTS_BY_ITSELF = 200  # active people; in a larger company HR looks first at how long it will take
NOT_STARTED = "HR has not started the weekly check-in"
ONLY_HR = "Only HR admins start the weekly check-in. Ask one of them."


@dataclass(frozen=True, slots=True)
class FirstRound:
    """The number of people, and how long Slack's limits make it take to reach each of them once."""

    people: int
    slowest: timedelta
    fastest: timedelta


async def started_at(session: AsyncSession) -> datetime | None:
    return await session.scalar(select(Workspace.checkins_started_at))


async def start(session: AsyncSession, actor: Person | None, *, now: datetime) -> bool:
    """False if the check-in was started already. No actor means the operator."""
    policy.require(actor is None or await people.is_hr(session, actor), ONLY_HR)
    return await _start(session, now)


async def start_if_small(session: AsyncSession, *, now: datetime) -> bool:
    active = await _active(session)
    return 0 < active <= STARTS_BY_ITSELF and await _start(session, now)


async def first_round(session: AsyncSession) -> FirstRound:
    active = await _active(session)
    return FirstRound(
        active, slowest=timedelta(seconds=active / SLOW), fastest=timedelta(seconds=active / FAST)
    )


async def _active(session: AsyncSession) -> int:
    reachable = select(func.count(Person.id)).where(*people.ACTIVE, Person.slack_user_id.is_not(None))
    return await session.scalar(reachable) or 0


async def _start(session: AsyncSession, now: datetime) -> bool:
    started = await session.execute(
        update(Workspace)
        .where(Workspace.checkins_started_at.is_(None))
        .values(checkins_started_at=now)
        .returning(Workspace.workspace_id)
    )
    return started.first() is not None

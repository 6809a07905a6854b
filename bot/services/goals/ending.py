"""A period is over: the owners of its open goals are asked once to close, drop or carry them over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, cast, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Goal, Notification, Person
from bot.services import notifications, people
from bot.services.goals.kinds import PERIOD_ENDED
from bot.services.goals.lines import IS_OPEN
from bot.services.notifications import Plan

OF_USE = timedelta(days=14)  # afterwards it stands on Home alone
BATCH = 4_000


async def plan_closings(session: AsyncSession, *, now: datetime) -> int:
    """For the first open morning after the period's last day where the owner is. How many were new.

    In two statements; asking again adds nothing, since each person and period has one key.
    """
    plans = [
        Plan(
            person_id=person.id,
            kind=PERIOD_ENDED,
            key=f"{PERIOD_ENDED.name}:{person.id}:{period}",
            subject={"period": period},
            due_at=clock.next_open(now, person.timezone, person.country, opens=clock.MORNING),
            expires_at=now + OF_USE,
        )
        for person, period, ends_on in await _owners(session, now)
        if clock.local(now, person.timezone).date() > ends_on
    ]
    return await notifications.plan_many(session, plans)


async def _owners(session: AsyncSession, now: datetime) -> Sequence[Any]:
    """Who was not asked yet: owner, period and its last day."""
    asked = exists().where(
        Notification.key == PERIOD_ENDED.name + ":" + cast(Person.id, String) + ":" + Goal.period
    )
    today = now.date()
    rows = await session.execute(
        select(Person, Goal.period, Goal.ends_on)
        .join(Goal, Goal.owner_id == Person.id)
        .where(
            IS_OPEN,
            Goal.ends_on <= today,
            Goal.ends_on > today - OF_USE,
            Person.slack_user_id.is_not(None),
            *people.ACTIVE,
            ~asked,
        )
        .distinct()
        .order_by(Person.id, Goal.ends_on, Goal.period)
        .limit(BATCH)
    )
    return rows.all()

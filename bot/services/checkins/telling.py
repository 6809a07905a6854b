"""The manager is told of check-ins: one message per week that grows, and one of its own for a call for help."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Checkin, Person
from bot.models.checkins import Outcome
from bot.services import notifications
from bot.services.checkins.kinds import OBSTACLE, SHARED, digest_key, obstacle_key, shared_key, wish_key
from bot.services.checkins.obstacles import asks_for_help, obstacle_for


async def tell_manager(session: AsyncSession, author: Person, checkin: Checkin, now: datetime) -> None:
    """Called after each version of a check-in, which need not be a row of the session. Keys make sure that neither
    message comes twice; a message that is there already is brought up to date, which pings nobody.

    The call for help is planned first: if both are due, it is the one that says the other as well.
    """
    if checkin.manager_id is None:
        return
    if key := await _call_for_help(session, author, checkin):
        is_new = await notifications.plan(
            session,
            person_id=checkin.manager_id,
            kind=OBSTACLE,
            key=key,
            subject={"checkin": checkin.id},
            due_at=now,
        )
        if not is_new:
            await notifications.want_again(session, key, skipped_as=Outcome.WITHDRAWN, now=now)
    await notifications.plan(
        session,
        person_id=checkin.manager_id,
        kind=SHARED,
        key=shared_key(checkin.manager_id, checkin.week),
        subject={"week": checkin.week.isoformat()},
        due_at=now,
    )
    await bring_up_to_date(session, checkin, now)


async def _call_for_help(session: AsyncSession, author: Person, checkin: Checkin) -> str | None:
    """The key of the message. Most check-ins say nothing of the kind, so the manager is not even loaded."""
    if checkin.answer("stuck") is None and checkin.answer("ask") is None:
        return None
    manager = await session.get_one(Person, checkin.manager_id)
    if obstacle_for(manager, author, checkin) is not None:
        return obstacle_key(checkin.id, manager.id)
    return wish_key(checkin.id, manager.id) if asks_for_help(manager, author, checkin) else None


async def bring_up_to_date(session: AsyncSession, checkin: Checkin, now: datetime) -> None:
    """Everything that the manager was told and that this check-in is part of."""
    if checkin.manager_id is None:
        return
    keys = (
        obstacle_key(checkin.id, checkin.manager_id),
        wish_key(checkin.id, checkin.manager_id),
        shared_key(checkin.manager_id, checkin.week),
        digest_key(checkin.manager_id, checkin.week),
    )
    await notifications.touch(session, *keys, now=now)

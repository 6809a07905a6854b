"""What others are told about goals: each a notification with ids only, once."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.models import Goal, Person
from bot.models.goals import Confidence
from bot.services import notifications
from bot.services.goals.kinds import ANSWERED, CLOSED, OFF_TRACK, PERIOD_ENDED, PROPOSED

NEWS = timedelta(days=7)  # after which trouble is no news but a topic for the digest


async def proposed(session: AsyncSession, owner: Person, goal: Goal, now: datetime) -> None:
    """Whoever's word makes it agreed. While they are asked, a new version is shown in the same message."""
    recipient_id = policy.agrees_to_goal(owner, goal)
    if recipient_id is None:
        return
    key = _proposal(goal, recipient_id)
    subject = {"goal": goal.id}
    is_new = await notifications.plan(
        session, person_id=recipient_id, kind=PROPOSED, key=key, subject=subject, due_at=now
    )
    if not is_new:
        await notifications.touch(session, key, now=now)


async def proposal_over(session: AsyncSession, owner: Person, goal: Goal, now: datetime) -> None:
    """What asks for that word need not be said any more, or is brought up to date. Before the state changes."""
    recipient_id = policy.agrees_to_goal(owner, goal)
    if recipient_id is not None:
        await _over(session, _proposal(goal, recipient_id), now)


def _proposal(goal: Goal, recipient_id: int) -> str:
    return f"{PROPOSED.name}:{goal.id}:{recipient_id}:{goal.state_since:%Y%m%dT%H%M%S%f}"


async def _over(session: AsyncSession, key: str, now: datetime) -> None:
    await notifications.cancel(session, key, reason="answered")
    await notifications.touch(session, key, now=now)


async def answered(session: AsyncSession, actor: Person, goal: Goal, *, to: Person, now: datetime) -> None:
    """The one who waits for an answer, once for each time they asked."""
    if actor.id == to.id:
        return
    await notifications.plan(
        session,
        person_id=to.id,
        kind=ANSWERED,
        key=f"{ANSWERED.name}:{goal.id}:{to.id}:{goal.state}:{goal.proposed_version}",
        subject={"goal": goal.id, "by": actor.id},
        due_at=now,
    )


async def trouble(
    session: AsyncSession,
    actor: Person,
    owner: Person,
    goal: Goal,
    confidence: Confidence,
    now: datetime,
) -> None:
    """The manager, the same day, once a day for each degree of it; the latest takes the place of the one before."""
    if owner.manager_id is None or owner.manager_id == actor.id:
        return
    day = clock.local(now, owner.timezone).date()
    keys = {degree: f"{OFF_TRACK.name}:{goal.id}:{owner.manager_id}:{degree}:{day}" for degree in Confidence}
    key = keys.pop(confidence)
    await notifications.cancel(session, *keys.values(), reason="back_on_track")
    await notifications.plan(
        session,
        person_id=owner.manager_id,
        kind=OFF_TRACK,
        key=key,
        subject={"goal": goal.id},
        due_at=now,
        expires_at=now + NEWS,
    )


async def closed(session: AsyncSession, actor: Person, owner: Person, goal: Goal, now: datetime) -> None:
    """The manager, who confirms it. The owner's question what becomes of the goals of the period is one shorter."""
    await notifications.touch(session, f"{PERIOD_ENDED.name}:{owner.id}:{goal.period}", now=now)
    if owner.manager_id is None or owner.manager_id == actor.id or not owner.is_active:
        return
    await notifications.plan(
        session,
        person_id=owner.manager_id,
        kind=CLOSED,
        key=_closing(goal, owner.manager_id),
        subject={"goal": goal.id},
        due_at=now,
    )


async def closing_answered(session: AsyncSession, manager: Person, goal: Goal, now: datetime) -> None:
    await _over(session, _closing(goal, manager.id), now)


def _closing(goal: Goal, manager_id: int) -> str:
    return f"{CLOSED.name}:{goal.id}:{manager_id}"

"""What others are told about goals: each a notice with ids only, once."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.models import Goal, Person
from bot.services import notices
from bot.services.nudges.kinds import GOAL_ANSWERED, GOAL_CLOSED, GOAL_OFF_TRACK, GOAL_PROPOSED, GOALS_ENDED

NEWS = timedelta(days=7)  # after which trouble is no news but a topic for the digest


async def proposed(session: AsyncSession, owner: Person, goal: Goal, now: datetime) -> None:
    """Whoever's word makes it agreed. A new version after a suggestion is news again."""
    recipient_id = policy.agrees_to_goal(owner, goal)
    if recipient_id is not None:
        await notices.plan(
            session,
            person_id=recipient_id,
            kind=GOAL_PROPOSED,
            key=_proposal(goal, recipient_id),
            subject={"goal": goal.id},
            due_at=now,
        )


async def proposal_answered(session: AsyncSession, actor: Person, goal: Goal, now: datetime) -> None:
    """What asked them for their word need not be said any more, or is brought up to date."""
    key = _proposal(goal, actor.id)
    await notices.cancel(session, key, reason="answered")
    await notices.touch(session, key, now=now)


def _proposal(goal: Goal, recipient_id: int) -> str:
    return f"{GOAL_PROPOSED}:{goal.id}:{recipient_id}:{goal.proposed_version}"


async def answered(session: AsyncSession, actor: Person, goal: Goal, *, to: Person, now: datetime) -> None:
    """The one who waits for an answer, once for each time they asked."""
    if actor.id == to.id:
        return
    await notices.plan(
        session,
        person_id=to.id,
        kind=GOAL_ANSWERED,
        key=f"{GOAL_ANSWERED}:{goal.id}:{to.id}:{goal.state}:{goal.proposed_version}",
        subject={"goal": goal.id, "by": actor.id},
        due_at=now,
    )


async def trouble(session: AsyncSession, actor: Person, owner: Person, goal: Goal, now: datetime) -> None:
    """The manager, the same day, once a day for each goal."""
    if owner.manager_id is None or owner.manager_id == actor.id:
        return
    day = clock.local(now, owner.timezone).date()
    await notices.plan(
        session,
        person_id=owner.manager_id,
        kind=GOAL_OFF_TRACK,
        key=f"{GOAL_OFF_TRACK}:{goal.id}:{owner.manager_id}:{day}",
        subject={"goal": goal.id},
        due_at=now,
        expires_at=now + NEWS,
    )


async def closed(session: AsyncSession, actor: Person, owner: Person, goal: Goal, now: datetime) -> None:
    """The manager, who confirms it. The owner's question what becomes of the goals of the period is one shorter."""
    await notices.touch(session, f"{GOALS_ENDED}:{owner.id}:{goal.period}", now=now)
    if owner.manager_id is None or owner.manager_id == actor.id or not owner.is_active:
        return
    await notices.plan(
        session,
        person_id=owner.manager_id,
        kind=GOAL_CLOSED,
        key=_closing(goal, owner.manager_id),
        subject={"goal": goal.id},
        due_at=now,
    )


async def closing_answered(session: AsyncSession, manager: Person, goal: Goal, now: datetime) -> None:
    key = _closing(goal, manager.id)
    await notices.cancel(session, key, reason="answered")
    await notices.touch(session, key, now=now)


def _closing(goal: Goal, manager_id: int) -> str:
    return f"{GOAL_CLOSED}:{goal.id}:{manager_id}"

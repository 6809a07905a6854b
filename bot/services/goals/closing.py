"""How a goal ends: its owner is asked, closes it with a score and a sentence, and the manager confirms.

Both scores are kept. Nobody's appraisal is computed from either.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import Goal, GoalClosing, Notification, Person
from bot.models.goals import OUTCOMES, Deed, GoalState
from bot.services import notifications, people, typed
from bot.services.goals import key_results, limits
from bot.services.goals.access import ONLY_OWNERS, Found, access, enter, record, require_as_seen, shared_by
from bot.services.goals.agreement import cancel_or_update, settle_proposal, tell_answer
from bot.services.goals.carrying_over import carry_over
from bot.services.goals.kinds import CLOSED, PERIOD_ENDED
from bot.services.goals.summaries import IS_OPEN, count
from bot.services.notifications import Plan

EXPIRES_AFTER = timedelta(days=14)  # afterwards it stands on Home alone
BATCH = 4_000

ASK = "Say in a sentence how it went, or what you learned; it stays with the score."
ONLY_MANAGER = (
    "The owner's manager confirms how a goal ended. If that should be you, ask HR to correct the line."
)
NOT_CLOSED = "This goal is still open. Its owner closes it first."


async def plan_closings(session: AsyncSession, *, now: datetime) -> int:
    """Owners are asked on the first open morning after the period's last day. Returns how many are newly asked.

    Calling this again adds nothing, since each person and period has one key.
    """
    plans = [
        Plan(
            person_id=person.id,
            kind=PERIOD_ENDED,
            key=f"{PERIOD_ENDED.name}:{person.id}:{period}",
            subject={"period": period},
            due_at=clock.next_open(now, person.timezone, person.country, opens=clock.MORNING),
            expires_at=now + EXPIRES_AFTER,
        )
        for person, period, ends_on in await _owners_to_ask(session, now)
        if clock.local(now, person.timezone).date() > ends_on
    ]
    return await notifications.plan_many(session, plans)


async def _owners_to_ask(session: AsyncSession, now: datetime) -> Sequence[Any]:
    """Owners who were not asked yet, each with the period and its last day."""
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
            Goal.ends_on > today - EXPIRES_AFTER,
            Person.slack_user_id.is_not(None),
            *people.ACTIVE,
            ~asked,
        )
        .distinct()
        .order_by(Person.id, Goal.ends_on, Goal.period)
        .limit(BATCH)
    )
    return rows.all()


async def left_to_close(session: AsyncSession, me: Person, *, now: datetime) -> int:
    return await count(session, *ended_goals_of(me, now))


def ended_goals_of(me: Person, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Conditions for goals of this person that are open although their period is over."""
    return shared_by(me), IS_OPEN, Goal.ends_on < clock.local(now, me.timezone).date()


async def close(
    session: AsyncSession,
    me: Person,
    goal_id: int,
    *,
    seen: int,
    outcome: GoalState,
    score: float,
    sentence: str,
    now: datetime,
) -> int | None:
    """Returns the id of the goal that goes on, if this one is carried over into the next quarter."""
    found = await _to_close(session, me, goal_id, seen, now)
    goal = found.goal
    if outcome not in OUTCOMES:
        raise Invalid("Choose one: close, drop or carry over.", field="outcome")
    closing = GoalClosing(
        goal_id=goal.id,
        outcome=outcome,
        score=limits.score(score, field="score"),
        sentence=typed.required(sentence, field="sentence", most=limits.NOTE, ask=ASK, count=limits.YOURS),
        closed_by_id=me.id,
        closed_at=now,
    )
    if outcome == GoalState.CARRIED_OVER:
        closing.carried_to_id = await carry_over(session, me, found, now)
    session.add(closing)
    await settle_proposal(session, found.owner, goal, now)
    goal.version, goal.touched_at = goal.version + 1, now
    key_results.stop_counting(goal, clock.local(now, me.timezone).date())
    enter(goal, outcome, me, now)
    change: dict[str, object] = {"score": closing.score}
    record(session, me, goal, Deed(outcome), note=closing.sentence, change=change, now=now)
    await session.flush()
    await _ask_for_confirmation(session, me, found.owner, goal, now)
    return closing.carried_to_id


async def _to_close(session: AsyncSession, me: Person, goal_id: int, seen: int, now: datetime) -> Found:
    found = await access(session, me, goal_id, lock=True)
    allowed = policy.may_close_goal(me, found.owner, found.goal, shares_it=found.shares_it, is_hr=found.is_hr)
    policy.require(allowed, ONLY_OWNERS)
    await require_as_seen(session, me, found.goal, seen, now)
    return found


async def confirm(
    session: AsyncSession,
    manager: Person,
    goal_id: int,
    *,
    score: float | None,
    comment: str,
    now: datetime,
) -> None:
    """The manager's score stands beside the owner's; None means that it is the same.

    Confirming also agrees to the goal that goes on.
    """
    found = await access(session, manager, goal_id, lock=True)
    closing = await _closing(session, goal_id)
    policy.require(policy.may_confirm_closing(manager, found.owner, closing.closed_by_id), ONLY_MANAGER)
    if closing.confirmed_at is not None:
        raise AlreadyDone("You have confirmed this already.")
    closing.manager_score = closing.score if score is None else limits.score(score, field="score")
    closing.manager_comment = (
        typed.optional(comment, field="comment", most=limits.NOTE, count=limits.YOURS) or None
    )
    closing.confirmed_by_id, closing.confirmed_at = manager.id, now
    change: dict[str, object] = {"score": [closing.score, closing.manager_score]}
    record(session, manager, found.goal, Deed.CONFIRMED, note=comment.strip(), change=change, now=now)
    if closing.carried_to_id is not None:
        await _agree_to_successor(session, manager, closing.carried_to_id, now)
    await session.flush()
    await cancel_or_update(session, _closing_key(found.goal, manager.id), now)
    closer = await session.get_one(Person, closing.closed_by_id)
    await tell_answer(session, manager, found.goal, to=closer, asked_at=closing.closed_at, now=now)


async def _closing(session: AsyncSession, goal_id: int) -> GoalClosing:
    closing = await session.scalar(
        select(GoalClosing).where(GoalClosing.goal_id == goal_id).execution_options(populate_existing=True)
    )
    if closing is None:
        raise NotFound(NOT_CLOSED)
    return closing


async def _agree_to_successor(session: AsyncSession, manager: Person, goal_id: int, now: datetime) -> None:
    """A successor that was changed or handed over meanwhile has its own request for agreement."""
    found = await access(session, manager, goal_id, lock=True)
    goal = found.goal
    is_unchanged = goal.state == GoalState.PROPOSED and goal.proposed_version == 1
    if is_unchanged and policy.may_agree_to_goal(manager, found.owner, goal):
        enter(goal, GoalState.AGREED, manager, now)
        record(session, manager, goal, Deed.AGREED, now=now)


async def _ask_for_confirmation(
    session: AsyncSession, actor: Person, owner: Person, goal: Goal, now: datetime
) -> None:
    """The manager is asked to confirm. The owner's message about the ended period is updated, since it counts one
    goal less.
    """
    await notifications.touch(session, f"{PERIOD_ENDED.name}:{owner.id}:{goal.period}", now=now)
    if owner.manager_id is None or owner.manager_id == actor.id or not owner.is_active:
        return
    await notifications.plan(
        session,
        person_id=owner.manager_id,
        kind=CLOSED,
        key=_closing_key(goal, owner.manager_id),
        subject={"goal": goal.id},
        due_at=now,
    )


def _closing_key(goal: Goal, manager_id: int) -> str:
    return f"{CLOSED.name}:{goal.id}:{manager_id}"

"""A goal is agreed between two: who is asked, what they are sent, and how they answer."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.errors import AlreadyDone, Invalid
from bot.models import Goal, Person
from bot.models.goals import Deed, GoalState, Level
from bot.services import notifications, people, typed
from bot.services.goals import limits
from bot.services.goals.access import Found, access, conflict, enter, record, require_open
from bot.services.goals.kinds import ANSWERED, PROPOSED

NOT_YOURS = "This goal is agreed between its owner and their manager. You can talk to one of them."
ASK = "Say what you would change, and why; one sentence is enough."


async def agree(session: AsyncSession, actor: Person, goal_id: int, *, seen: int, now: datetime) -> None:
    """ "Looks good" holds for the version that was seen. Progress may have moved since; a changed goal is a
    `Conflict`.
    """
    found = await _to_agree(session, actor, goal_id)
    if found.goal.state == GoalState.AGREED:
        raise AlreadyDone("This goal is agreed already.")
    if seen < found.goal.proposed_version:
        raise await conflict(session, actor, found.goal, now)
    asked_at = found.goal.state_since
    await settle_proposal(session, found.owner, found.goal, now)
    enter(found.goal, GoalState.AGREED, actor, now)
    record(session, actor, found.goal, Deed.AGREED, now=now)
    await _answer(session, actor, found, asked_at, now)


async def suggest_change(
    session: AsyncSession, actor: Person, goal_id: int, *, text: str, now: datetime
) -> None:
    found = await _to_agree(session, actor, goal_id)
    if found.goal.state == GoalState.AGREED:
        raise Invalid("This goal is agreed already. Talk to each other to change it.", field="text")
    suggestion = typed.required(text, field="text", most=limits.NOTE, ask=ASK, count=limits.YOURS)
    asked_at = found.goal.state_since
    await settle_proposal(session, found.owner, found.goal, now)
    enter(found.goal, GoalState.CHANGE_SUGGESTED, actor, now)
    record(session, actor, found.goal, Deed.SUGGESTED_CHANGE, note=suggestion, now=now)
    await _answer(session, actor, found, asked_at, now)


async def _to_agree(session: AsyncSession, actor: Person, goal_id: int) -> Found:
    found = await access(session, actor, goal_id, lock=True)
    policy.require(policy.may_agree_to_goal(actor, found.owner, found.goal), NOT_YOURS)
    require_open(found.goal, actor)
    return found


async def _answer(
    session: AsyncSession, actor: Person, found: Found, asked_at: datetime, now: datetime
) -> None:
    await session.flush()
    proposer = await people.by_id(session, found.goal.set_by_id)
    await tell_answer(session, actor, found.goal, to=proposer, asked_at=asked_at, now=now)


async def active_manager(session: AsyncSession, person: Person) -> Person | None:
    manager = await session.get(Person, person.manager_id) if person.manager_id else None
    return manager if manager and manager.is_active else None


async def nobody_to_ask(session: AsyncSession, owner: Person, *, set_by_id: int) -> bool:
    """Nobody agrees to a goal that its owner set without having a manager."""
    return set_by_id == owner.id and await active_manager(session, owner) is None


async def propose_anew(
    session: AsyncSession, actor: Person, owner: Person, goal: Goal, set_by_id: int, now: datetime
) -> None:
    """A person is asked once: whoever has the question already sees the new version in the same message.

    `owner` is the person who owned the goal until now.
    """
    asks_another = set_by_id != goal.set_by_id or owner.id != goal.owner_id
    if asks_another:
        await settle_proposal(session, owner, goal, now)
    goal.set_by_id, goal.proposed_version = set_by_id, goal.version
    new_owner = await session.get_one(Person, goal.owner_id)
    if goal.level == Level.COMPANY or await nobody_to_ask(session, new_owner, set_by_id=set_by_id):
        enter(goal, GoalState.AGREED, actor, now)
        return
    if asks_another or goal.state != GoalState.PROPOSED:
        enter(goal, GoalState.PROPOSED, actor, now)
    await ask_for_agreement(session, new_owner, goal, now)


async def ask_for_agreement(session: AsyncSession, owner: Person, goal: Goal, now: datetime) -> None:
    """The manager agrees to an owner's goal, and the owner to a goal that somebody else set. A second call updates
    the message of the first.
    """
    recipient_id = policy.agrees_to_goal(owner, goal)
    if recipient_id is None:
        return
    key = _proposal_key(goal, recipient_id)
    subject = {"goal": goal.id}
    is_new = await notifications.plan(
        session, person_id=recipient_id, kind=PROPOSED, key=key, subject=subject, due_at=now
    )
    if not is_new:
        await notifications.touch(session, key, now=now)


async def settle_proposal(session: AsyncSession, owner: Person, goal: Goal, now: datetime) -> None:
    """The question is cancelled if it was not sent yet, and updated if it was. Call this before the state changes:
    the key of the question names the time of the state.
    """
    recipient_id = policy.agrees_to_goal(owner, goal)
    if recipient_id is not None:
        await cancel_or_update(session, _proposal_key(goal, recipient_id), now)


def _proposal_key(goal: Goal, recipient_id: int) -> str:
    return f"{PROPOSED.name}:{goal.id}:{recipient_id}:{goal.state_since:%Y%m%dT%H%M%S%f}"


async def cancel_or_update(session: AsyncSession, key: str, now: datetime) -> None:
    await notifications.cancel(session, key, reason="answered")
    await notifications.touch(session, key, now=now)


async def tell_answer(
    session: AsyncSession, actor: Person, goal: Goal, *, to: Person, asked_at: datetime, now: datetime
) -> None:
    """The person who asked hears each answer once."""
    if actor.id == to.id:
        return
    await notifications.plan(
        session,
        person_id=to.id,
        kind=ANSWERED,
        key=f"{ANSWERED.name}:{goal.id}:{to.id}:{goal.state}:{goal.proposed_version}",
        subject={"goal": goal.id, "by": actor.id},
        due_at=now,
        answers_at=asked_at,
    )

"""A proposed goal becomes agreed, or comes back with a suggestion."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.errors import AlreadyDone, Invalid
from bot.models import Person
from bot.models.goals import Deed, GoalState
from bot.services import people
from bot.services.goals import telling, typed
from bot.services.goals.access import Found, access, conflict, require_open
from bot.services.goals.recording import enter, record

NOT_YOURS = "This goal is agreed between its owner and their manager. You can talk to one of them."
ASK = "Say what you would change, and why; one sentence is enough."


async def agree(session: AsyncSession, actor: Person, goal_id: int, *, seen: int, now: datetime) -> None:
    """ "Looks good": to the goal as one has seen it. How far it is may have changed since; what it is may not."""
    found = await _to_agree(session, actor, goal_id)
    if found.goal.state == GoalState.AGREED:
        raise AlreadyDone("This goal is agreed already.")
    if seen < found.goal.proposed_version:
        raise await conflict(session, actor, found.goal)
    await telling.proposal_over(session, found.owner, found.goal, now)
    enter(found.goal, GoalState.AGREED, actor, now)
    record(session, actor, found.goal, Deed.AGREED, now=now)
    await _answer(session, actor, found, now)


async def suggest_change(
    session: AsyncSession, actor: Person, goal_id: int, *, text: str, now: datetime
) -> None:
    found = await _to_agree(session, actor, goal_id)
    if found.goal.state == GoalState.AGREED:
        raise Invalid("This goal is agreed already. Talk to each other to change it.", field="text")
    suggestion = typed.words(text, field="text", limit=typed.NOTE, ask=ASK)
    await telling.proposal_over(session, found.owner, found.goal, now)
    enter(found.goal, GoalState.CHANGE_SUGGESTED, actor, now)
    record(session, actor, found.goal, Deed.SUGGESTED_CHANGE, note=suggestion, now=now)
    await _answer(session, actor, found, now)


async def _to_agree(session: AsyncSession, actor: Person, goal_id: int) -> Found:
    found = await access(session, actor, goal_id, lock=True)
    policy.require(policy.may_agree_to_goal(actor, found.owner, found.goal), NOT_YOURS)
    require_open(found.goal, actor)
    return found


async def _answer(session: AsyncSession, actor: Person, found: Found, now: datetime) -> None:
    await session.flush()
    proposer = await people.by_id(session, found.goal.set_by_id)
    await telling.answered(session, actor, found.goal, to=proposer, now=now)

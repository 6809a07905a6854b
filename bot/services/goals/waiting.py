"""What waits for one person, for their Home tab and for messages: a fixed number of looks, each list short."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import clock
from bot.models import Goal, GoalClosing, Person
from bot.models.goals import WORRYING, GoalReading, GoalState, GoalSummary, Level, Waiting
from bot.services import people
from bot.services.goals.access import shared_by
from bot.services.goals.aligning import orphans
from bot.services.goals.lines import IS_OPEN, count, lines, reported_to
from bot.services.goals.quiet import quiet_of
from bot.services.goals.reading import read

SHOWN = 5


async def waiting(session: AsyncSession, me: Person, *, now: datetime) -> Waiting:
    return Waiting(
        to_close=await _to_close(session, me, now),
        to_agree=await _to_agree(session, me),
        to_confirm=await _to_confirm(session, me),
        orphans=await orphans(session, me, limit=SHOWN),
        left_behind=await _left_behind(session, me),
        quiet=await quiet_of(session, me, limit=SHOWN, now=now),
    )


async def _to_close(session: AsyncSession, me: Person, now: datetime) -> tuple[GoalSummary, ...]:
    return await lines(session, *_ended(me, now), order=(Goal.ends_on, Goal.id), limit=SHOWN)


async def left_to_close(session: AsyncSession, me: Person, *, now: datetime) -> int:
    return await count(session, *_ended(me, now))


def _ended(me: Person, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Open, and its period is over."""
    return shared_by(me), IS_OPEN, Goal.ends_on < clock.local(now, me.timezone).date()


async def _to_agree(session: AsyncSession, me: Person) -> tuple[GoalSummary, ...]:
    """`policy.agrees_to_goal` as a condition; and what came back to me with a suggestion.

    What goes on in a new period is agreed by confirming how it ended in the old one.
    """
    set_by_owner = Goal.set_by_id == Goal.owner_id
    mine_to_say = or_(and_(set_by_owner, reported_to(me)), and_(~set_by_owner, Goal.owner_id == me.id))
    carried_over = and_(Goal.carried_from_id.is_not(None), Goal.proposed_version == 1)
    proposed = and_(Goal.state == GoalState.PROPOSED, Goal.level != Level.COMPANY, ~carried_over, mine_to_say)
    came_back = and_(Goal.state == GoalState.CHANGE_SUGGESTED, Goal.set_by_id == me.id)
    there = Person.deactivated_at.is_(None)
    return await lines(
        session, there, or_(proposed, came_back), order=(Goal.state_since, Goal.id), limit=SHOWN
    )


async def _to_confirm(session: AsyncSession, me: Person) -> tuple[GoalSummary, ...]:
    """Closed by my reports, and not confirmed yet."""
    unconfirmed = select(GoalClosing.goal_id).where(
        GoalClosing.confirmed_at.is_(None), GoalClosing.closed_by_id != me.id
    )
    which = (reported_to(me), Person.deactivated_at.is_(None), Goal.id.in_(unconfirmed))
    return await lines(session, *which, order=(Goal.state_since, Goal.id), limit=SHOWN)


async def _left_behind(session: AsyncSession, me: Person) -> tuple[GoalSummary, ...]:
    """Open goals of people who have left: their manager's to hand over, and HR's where nobody manages them any more."""
    mine = reported_to(me)
    if await people.is_hr(session, me):
        there = aliased(Person)
        managing = select(there.id).where(there.deactivated_at.is_(None))
        mine = or_(mine, Person.manager_id.is_(None), Person.manager_id.not_in(managing))
    gone = Person.deactivated_at.is_not(None)
    return await lines(session, mine, gone, IS_OPEN, order=(Goal.ends_on, Goal.id), limit=SHOWN)


async def trouble(
    session: AsyncSession, recipient: Person, goal_id: int, *, now: datetime
) -> GoalReading | None:
    """The goal with its context, for the manager's message. None once it is on track again, or closed."""
    reading = await read(session, recipient, goal_id, now=now)
    is_open = reading.closing is None
    return reading if is_open and reading.line.confidence in WORRYING else None

"""What a check-in asks of its manager: to get an obstacle out of the way, or to help. And what became of it."""

from datetime import datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.models import Checkin, CheckinComment, CheckinReaction, Person, TakenObstacle
from bot.models.checkins import CallForHelp, Outcome
from bot.services.checkins.reading import access


def obstacle_for(manager: Person, author: Person, checkin: Checkin) -> str | None:
    """What is in the author's way, as far as this manager may read it. A dash or a dot names nothing."""
    return _readable(manager, author, checkin, "stuck")


def asks_for_help(manager: Person, author: Person, checkin: Checkin) -> bool:
    """The author has chosen what would help from their manager."""
    return _readable(manager, author, checkin, "ask") is not None


def _readable(manager: Person, author: Person, checkin: Checkin, key: str) -> str | None:
    answer = checkin.answer(key)
    if answer is None or not policy.may_read_answer(manager, author, checkin, answer):
        return None
    return answer.text if any(map(str.isalpha, answer.text)) else None


async def call_for_help(session: AsyncSession, manager: Person, checkin_id: int) -> CallForHelp:
    """What this manager is asked for now, and whether it is over. `NotFound` if they may not read the check-in."""
    checkin, author = await access(session, manager, checkin_id)
    taken = await session.scalar(select(TakenObstacle).where(TakenObstacle.checkin_id == checkin.id))
    answered_at = await _answered_at(session, manager, checkin)
    outcome, _ = outcome_of(manager, author, checkin, taken, answered_at)
    has_obstacle = obstacle_for(manager, author, checkin) is not None
    return CallForHelp(checkin.id, checkin.week, author, has_obstacle, outcome)


def outcome_of(
    manager: Person,
    author: Person,
    checkin: Checkin,
    taken: TakenObstacle | None,
    answered_at: datetime | None,
) -> tuple[Outcome | None, datetime | None]:
    """How the call for help ended, and when. A comment or reaction answers a wish, but removes no obstacle."""
    if obstacle_for(manager, author, checkin) is not None:
        return _obstacles_end(taken)
    if asks_for_help(manager, author, checkin):
        return (Outcome.ANSWERED if answered_at else None), answered_at
    return Outcome.WITHDRAWN, checkin.edited_at


def _obstacles_end(taken: TakenObstacle | None) -> tuple[Outcome | None, datetime | None]:
    if taken is None:
        return None, None
    if taken.removed_at is not None:
        return Outcome.CLEARED, taken.removed_at
    return Outcome.TAKEN_ON, taken.taken_at


async def _answered_at(session: AsyncSession, manager: Person, checkin: Checkin) -> datetime | None:
    """The time of the manager's first comment or reaction."""
    answers = union_all(
        select(CheckinComment.written_at.label("at")).where(
            CheckinComment.checkin_id == checkin.id, CheckinComment.author_id == manager.id
        ),
        select(CheckinReaction.reacted_at).where(
            CheckinReaction.checkin_id == checkin.id, CheckinReaction.person_id == manager.id
        ),
    ).subquery()
    answered: datetime | None = await session.scalar(select(func.min(answers.c.at)))
    return answered

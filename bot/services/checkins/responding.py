"""Responding to a check-in: comment, react, take the obstacle on. The other side is told at most once a day."""

from datetime import datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.db import insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import Checkin, CheckinComment, CheckinReaction, Person, TakenObstacle
from bot.models.checkins import REACTIONS
from bot.services import notifications, typed
from bot.services.checkins.kinds import ANSWERED, answered_key
from bot.services.checkins.obstacles import obstacle_for
from bot.services.checkins.reading import access
from bot.services.checkins.telling import bring_up_to_date

ONLY_MANAGER = "Only the manager this check-in was written for can do that."
COMMENT_LIMIT = 2000


async def comment(session: AsyncSession, actor: Person, checkin_id: int, *, text: str, now: datetime) -> None:
    checkin, author = await access(session, actor, checkin_id)
    policy.require(policy.may_comment_on_checkin(actor, author, checkin), ONLY_MANAGER)
    ask = "Write a few words, or close the window."
    text = typed.required(text, field="comment", most=COMMENT_LIMIT, what="A comment", ask=ask)
    session.add(CheckinComment(checkin_id=checkin.id, author_id=actor.id, text=text, written_at=now))
    await session.flush()
    await _tell_other_side(session, actor, author, checkin, now)


async def react(session: AsyncSession, actor: Person, checkin_id: int, *, emoji: str, now: datetime) -> None:
    """Leaves an emoji; leaving the same one again changes nothing."""
    checkin, author = await access(session, actor, checkin_id)
    policy.require(policy.may_respond_to_checkin(actor, author, checkin), ONLY_MANAGER)
    if emoji not in REACTIONS:
        raise Invalid("Choose one of the reactions shown.")
    row = {"checkin_id": checkin.id, "person_id": actor.id, "emoji": emoji, "reacted_at": now}
    if await insert_rows(session, CheckinReaction, [row]):
        await _tell_other_side(session, actor, author, checkin, now)


async def take_obstacle_on(session: AsyncSession, actor: Person, checkin_id: int, *, now: datetime) -> None:
    checkin, author = await access(session, actor, checkin_id)
    policy.require(policy.may_respond_to_checkin(actor, author, checkin), ONLY_MANAGER)
    if obstacle_for(actor, author, checkin) is None:
        raise NotFound("There is no obstacle in this check-in any more; its author may have edited it.")
    row = {"checkin_id": checkin.id, "person_id": actor.id, "taken_at": now}
    if not await insert_rows(session, TakenObstacle, [row]):
        raise AlreadyDone("You have taken this on already.")
    await _tell_other_side(session, actor, author, checkin, now)


async def clear_obstacle(session: AsyncSession, actor: Person, checkin_id: int, *, now: datetime) -> None:
    """The manager says that the obstacle is gone."""
    checkin, author = await access(session, actor, checkin_id)
    policy.require(policy.may_respond_to_checkin(actor, author, checkin), ONLY_MANAGER)
    taken = await session.scalar(select(TakenObstacle).where(TakenObstacle.checkin_id == checkin.id))
    if taken is None:
        raise NotFound("Nobody has taken this obstacle on yet.")
    if taken.removed_at is not None:
        raise AlreadyDone("This obstacle is marked as out of the way already.")
    taken.removed_at = now
    await session.flush()
    await _tell_other_side(session, actor, author, checkin, now)


async def _tell_other_side(
    session: AsyncSession, actor: Person, author: Person, checkin: Checkin, now: datetime
) -> None:
    """One message per check-in, reader and local day: opening it shows everything that came since. What the manager was
    told about the check-in changes with it.
    """
    await bring_up_to_date(session, checkin, now)
    recipient_id = checkin.manager_id if actor.id == author.id else author.id
    if recipient_id is None:
        return
    key = answered_key(checkin.id, recipient_id, clock.local(now, author.timezone).date())
    is_new = await notifications.plan(
        session,
        person_id=recipient_id,
        kind=ANSWERED,
        key=key,
        subject={"checkin": checkin.id, "by": actor.id},
        due_at=now,
        answers_at=await _last_deed(session, recipient_id, checkin),
    )
    if not is_new:
        await notifications.reopen(session, key, now=now)


async def _last_deed(session: AsyncSession, person_id: int, checkin: Checkin) -> datetime | None:
    """The time when this person last wrote or answered in the check-in."""
    deeds = union_all(
        select(CheckinComment.written_at.label("at")).where(
            CheckinComment.checkin_id == checkin.id, CheckinComment.author_id == person_id
        ),
        select(CheckinReaction.reacted_at).where(
            CheckinReaction.checkin_id == checkin.id, CheckinReaction.person_id == person_id
        ),
        select(TakenObstacle.taken_at).where(
            TakenObstacle.checkin_id == checkin.id, TakenObstacle.person_id == person_id
        ),
    ).subquery()
    answered = await session.scalar(select(func.max(deeds.c.at)))
    wrote = (checkin.edited_at or checkin.submitted_at) if person_id == checkin.person_id else None
    return max(filter(None, (answered, wrote)), default=None)

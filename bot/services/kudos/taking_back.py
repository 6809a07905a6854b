"""Taking kudos back: their giver at any time, HR with a reason. The record gets a line; sent messages are
updated.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.db import insert_rows
from bot.errors import AlreadyDone, NotFound
from bot.models import Kudos, KudosEntry, KudosEvent, KudosReceiver, Person
from bot.services import notifications, people, typed
from bot.services.kudos.kinds import REMOVED, posted_key, quoting_key, received_key, removed_key

TAKEN_BACK = exists().where(KudosEntry.kudos_id == Kudos.id, KudosEntry.event != KudosEvent.GIVEN)
"""Holds for `Kudos` of the query around it that were taken back."""
UNDO_FOR = timedelta(minutes=10)
REASON_LIMIT = 500
ONLY_GIVER = (
    "Only whoever gave these thanks can take them back. An HR admin can remove a post, with a reason."
)
ONLY_HR = "Only HR admins remove thanks somebody else gave. Please ask one of them."
UNAVAILABLE = "These thanks are not available to you. Those who gave or received them can open them."
OVER = "These thanks were taken back already."


async def take_back(session: AsyncSession, actor: Person, kudos_id: int, *, now: datetime) -> KudosEvent:
    """Within ten minutes the kudos count as undone, later as withdrawn."""
    kudos = await require_own(session, actor, kudos_id)
    event = KudosEvent.UNDONE if now - kudos.given_at <= UNDO_FOR else KudosEvent.WITHDRAWN
    await _reverse(session, kudos, event, actor, reason=None, now=now)
    return event


async def require_own(session: AsyncSession, actor: Person, kudos_id: int) -> Kudos:
    """Only the giver may take kudos back."""
    kudos = await session.get(Kudos, kudos_id)
    if kudos is None:
        raise NotFound(UNAVAILABLE)
    policy.require(policy.may_take_kudos_back(actor, kudos), ONLY_GIVER)
    return kudos


async def require_removable(session: AsyncSession, actor: Person, kudos_id: int) -> Kudos:
    """HR may remove kudos from a channel, and sees none given in private."""
    kudos = await session.get(Kudos, kudos_id)
    if kudos is None:
        raise NotFound(UNAVAILABLE)
    policy.require(policy.may_remove_kudos(await people.is_hr(session, actor), kudos), ONLY_HR)
    return kudos


async def remove(session: AsyncSession, actor: Person, kudos_id: int, *, reason: str, now: datetime) -> None:
    kudos = await require_removable(session, actor, kudos_id)
    ask = "Say why; whoever gave these thanks reads it."
    reason = typed.required(reason, field="reason", most=REASON_LIMIT, what="A reason", ask=ask)
    await _reverse(session, kudos, KudosEvent.REMOVED, actor, reason=reason, now=now)
    if actor.id != kudos.giver_id:
        await notifications.plan(
            session,
            person_id=kudos.giver_id,
            kind=REMOVED,
            key=removed_key(kudos.id),
            subject={"kudos": kudos.id},
            due_at=now,
        )


async def _reverse(
    session: AsyncSession,
    kudos: Kudos,
    event: KudosEvent,
    actor: Person,
    *,
    reason: str | None,
    now: datetime,
) -> None:
    row = {"kudos_id": kudos.id, "event": event, "by_id": actor.id, "at": now, "reason": reason}
    if not await insert_rows(session, KudosEntry, [row]):
        raise AlreadyDone(OVER)
    receivers = await session.scalars(
        select(KudosReceiver.person_id).where(KudosReceiver.kudos_id == kudos.id)
    )
    keys = (posted_key(kudos.id), *(received_key(kudos.id, person_id) for person_id in receivers))
    await notifications.cancel(session, *keys, reason="taken_back")
    await notifications.drop_refused(session, *keys, reason="taken_back", now=now)
    await notifications.touch(session, *keys, quoting_key(kudos.given_at), now=now)

"""A post that Slack refused: whose post it is learns why, and may have it tried again once that is repaired."""

import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, NotFound
from bot.models import Notice, NoticeState, Person
from bot.services.notices.ledger import plan

REFUSED = "posts.refused"
MAYBE_ARRIVED = ("unsettled",)
GONE = "That post is not waiting for you any more."


async def tell_owner(session: AsyncSession, post: Notice, *, now: datetime) -> None:
    """Once for each time it was tried."""
    await plan(
        session,
        person_id=post.person_id,
        kind=REFUSED,
        key=f"{REFUSED}:{post.id}:{post.attempts}",
        subject={"notice": post.id},
        due_at=now,
    )


async def refused_post(session: AsyncSession, owner: Person, notice_id: int) -> Notice:
    """One of the owner's own, whatever became of it since."""
    post = await session.get(Notice, notice_id)
    if post is None or post.person_id != owner.id or post.to_channel is None:
        raise NotFound(GONE)
    return post


async def post_again(session: AsyncSession, owner: Person, notice_id: int, *, now: datetime) -> Notice:
    """Under a new nonce, as what was refused never stood anywhere. What may have arrived is not said twice."""
    post = await refused_post(session, owner, notice_id)
    if post.state != NoticeState.FAILED:
        raise AlreadyDone("It is on its way, or stands there already.")
    if post.reason in MAYBE_ARRIVED:
        raise NotFound("It may stand there already, so I do not post it a second time. Please look.")
    post.state, post.reason, post.nonce = NoticeState.PLANNED, None, secrets.token_hex(16)
    post.due_at, post.tried_since = now, None
    await session.flush()
    return post

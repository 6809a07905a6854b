"""Slack refused a post: its owner learns why, and may have it tried again after the repair."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, NotFound
from bot.models import Notification, NotificationState, Person
from bot.models.notifications import Why
from bot.services.notifications.changes import touch
from bot.services.notifications.kinds import Ended, Kind, Rank
from bot.services.notifications.ledger import plan
from bot.services.notifications.marks import mark_failed


async def _tried_again(
    session: AsyncSession, said: Sequence[Notification], now: datetime
) -> dict[int, Ended]:
    """The post does not wait for its owner any more; the words that replace the message say what became of it."""
    posts = {one.subject["post"] for one in said}
    refused = select(Notification.id).where(
        Notification.id.in_(posts), Notification.state == NotificationState.FAILED
    )
    waiting = set(await session.scalars(refused))
    return {one.id: Ended("") for one in said if one.subject["post"] not in waiting}


REFUSED = Kind(
    name="posts.refused",
    rank=Rank.WAITS,
    why=Why(
        part_of="Posts in channels",
        rule="I tell you when Slack refuses a post of yours, and whether I may try it again.",
        set_by="You, when you chose the channel.",
    ),
    ends=_tried_again,
    reasons={"answered": "the post is on its way again, or is not wanted any more"},
)
MAYBE_ARRIVED = ("unsettled",)
GONE = "That post is not waiting for you any more."


async def give_up(session: AsyncSession, notification: Notification, code: str, *, now: datetime) -> None:
    """The owner of the post learns that Slack refused it, once for each try."""
    if await mark_failed(session, notification, code) and notification.to_channel:
        await plan(
            session,
            person_id=notification.person_id,
            kind=REFUSED,
            key=_told_key(notification),
            subject={"post": notification.id},
            due_at=now,
            answers_at=notification.answers_at,
        )


async def drop_refused(session: AsyncSession, *keys: str, reason: str, now: datetime) -> None:
    """These posts will not be tried again, and the messages that offered it are updated."""
    refused = select(Notification).where(
        Notification.key.in_(keys),
        Notification.state == NotificationState.FAILED,
        Notification.to_channel.is_not(None),
    )
    for post in (await session.scalars(refused)).all():
        post.state, post.reason = NotificationState.SKIPPED, reason
        await touch(session, _told_key(post), now=now)
    await session.flush()


def _told_key(post: Notification) -> str:
    return f"{REFUSED.name}:{post.id}:{post.attempts}"


async def refused_post(session: AsyncSession, owner: Person, notification_id: int) -> Notification:
    """The owner's own post, whatever became of it since."""
    post = await session.get(Notification, notification_id)
    if post is None or post.person_id != owner.id or post.to_channel is None:
        raise NotFound(GONE)
    return post


async def post_again(
    session: AsyncSession, owner: Person, notification_id: int, *, now: datetime
) -> Notification:
    """The post gets a new nonce, as the refused one never appeared anywhere. A post that may have arrived is
    not sent twice.
    """
    post = await refused_post(session, owner, notification_id)
    if post.state != NotificationState.FAILED:
        raise AlreadyDone("It is on its way, or stands there already.")
    if post.reason in MAYBE_ARRIVED:
        raise NotFound("It may stand there already, so I do not post it a second time. Please look.")
    post.state, post.reason, post.nonce = NotificationState.PLANNED, None, secrets.token_hex(16)
    post.due_at, post.answers_at, post.tried_since = now, now, None
    await touch(session, _told_key(post), now=now)
    await session.flush()
    return post

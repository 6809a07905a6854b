"""Changes to a notification after it was sent: snoozed, merged, or updated in place because it is out of date."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Notification, NotificationState, Person
from bot.services.notifications.kinds import Rank
from bot.services.notifications.ledger import IS_PLANNED
from bot.services.notifications.marks import NOT_THIS_WEEK

SNOOZED = "snoozed"
JOINED = "joined"
WANTED_SO_FAR = (
    NotificationState.PLANNED,
    NotificationState.SENDING,
    NotificationState.UNKNOWN,
    NotificationState.SENT,
)
MAY_STAND_THERE = or_(
    Notification.slack_ts.is_not(None),
    Notification.state.in_((NotificationState.SENDING, NotificationState.UNKNOWN)),
)
GONE = "This message is not waiting for you any more. Open my Home tab to see what is."


async def snooze(
    session: AsyncSession, notification_id: int, person: Person, *, until: datetime, now: datetime
) -> Notification:
    """The same row is due again, under a new nonce: the old message must not be taken for the new one."""
    notification = await session.get(Notification, notification_id)
    if (
        notification is None
        or notification.person_id != person.id
        or notification.state != NotificationState.SENT
    ):
        raise NotFound(GONE)
    notification.state, notification.reason = NotificationState.PLANNED, SNOOZED
    notification.nonce, notification.due_at = secrets.token_hex(16), until
    notification.merged_into_id = notification.lease_until = notification.tried_since = (
        notification.update_due_at
    ) = notification.opened_at = notification.ended_at = None
    notification.attempts += 1  # a late mark of the earlier attempt must not undo this
    outlive(notification, until)
    await session.flush()
    return notification


def outlive(notification: Notification, until: datetime) -> None:
    """If a reader snoozes a notification past its end, the end moves along."""
    if notification.expires_at is not None and notification.expires_at <= until:
        notification.expires_at = None


async def not_this_week(session: AsyncSession, *keys: str, now: datetime) -> None:
    """No more messages about this week. Planned ones are skipped; sent ones, and those that turn out to have
    been sent, are updated to say so.
    """
    await session.execute(
        update(Notification)
        .where(Notification.key.in_(keys), Notification.state.in_(WANTED_SO_FAR))
        .values(
            state=case(
                (Notification.state == NotificationState.PLANNED, NotificationState.SKIPPED),
                else_=Notification.state,
            ),
            reason=NOT_THIS_WEEK,
            update_due_at=case((MAY_STAND_THERE, now), else_=Notification.update_due_at),
        )
        .execution_options(synchronize_session=False)
    )


async def is_wanted(session: AsyncSession, key: str) -> bool:
    """True while the notification is planned or on its way, and once it was sent."""
    wanted = select(Notification.id).where(Notification.key == key, Notification.state.in_(WANTED_SO_FAR))
    return await session.scalar(wanted) is not None


async def touch(session: AsyncSession, *keys: str, now: datetime) -> None:
    """Messages about these keys are out of date, also those being sent at this moment: they are updated in
    place.

    The rows are found by their keys alone: one that the courier takes at this moment is waited for, and its new state
    decides.
    """
    await session.execute(
        update(Notification)
        .where(Notification.key.in_(keys))
        .values(update_due_at=case((MAY_STAND_THERE, now), else_=Notification.update_due_at))
        .execution_options(synchronize_session=False)
    )


async def join(
    session: AsyncSession, carrier: Notification, notification: Notification, *, now: datetime
) -> None:
    """The notification becomes part of a message already sent, once Slack has accepted the change."""
    await merge(session, carrier, notification)
    notification.reason, carrier.update_due_at = JOINED, now
    await session.flush()


async def companions(
    session: AsyncSession, notification: Notification, *, now: datetime, limit: int
) -> Sequence[Notification]:
    """Other notifications due for the same person, which the same message can say. What waits for their word or help
    gets a message of its own; beside it there may be news, but not the reader's own question.
    """
    due = await session.scalars(
        select(Notification)
        .where(
            Notification.person_id == notification.person_id,
            Notification.id != notification.id,
            IS_PLANNED,
            Notification.due_at <= now,
            Notification.rank >= Rank.NEWS
            if notification.rank == Rank.WAITS
            else Notification.rank != Rank.WAITS,
        )
        .order_by(Notification.due_at, Notification.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return due.all()


async def merge(session: AsyncSession, carrier: Notification, *merged: Notification) -> None:
    """The carrier's message says these notifications, too, and they share its fate."""
    for notification in merged:
        notification.merged_into_id, notification.state = carrier.id, carrier.state
        notification.reason, notification.lease_until = None, None
        notification.attempts = max(
            notification.attempts, 1
        )  # the planner moves only rows that nobody has tried to send
        notification.sent_at, notification.slack_channel, notification.slack_ts = (
            carrier.sent_at,
            carrier.slack_channel,
            carrier.slack_ts,
        )
    await session.flush()


async def in_message_of(session: AsyncSession, notification: Notification) -> Sequence[Notification]:
    """All notifications that one message says: its carrier first, then in the order they were due."""
    carrier_id = notification.merged_into_id or notification.id
    rows = await session.scalars(
        select(Notification)
        .where(or_(Notification.id == carrier_id, Notification.merged_into_id == carrier_id))
        .order_by(Notification.merged_into_id.is_not(None), Notification.due_at, Notification.id)
    )
    return rows.all()


async def outdated(session: AsyncSession, *, now: datetime) -> Notification | None:
    """The next message that is out of date."""
    return await session.scalar(
        select(Notification)
        .where(
            Notification.update_due_at.is_not(None),
            Notification.update_due_at <= now,
            Notification.slack_ts.is_not(None),
        )
        .order_by(Notification.update_due_at, Notification.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


async def updated(
    session: AsyncSession, said: Sequence[Notification], *, seen: datetime, again_at: datetime | None = None
) -> None:
    """The message is up to date, unless something changed after `seen`; with `again_at` the update is tried
    again then.
    """
    among_said = Notification.id.in_([notification.id for notification in said])
    await session.execute(
        update(Notification)
        .where(among_said, Notification.update_due_at <= seen)
        .values(update_due_at=again_at)
        .execution_options(synchronize_session=False)
    )
    if again_at is None:
        await session.execute(
            update(Notification)
            .where(among_said, Notification.reason == JOINED)
            .values(reason=None)
            .execution_options(synchronize_session=False)
        )

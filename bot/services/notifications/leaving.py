"""A reader puts a notification off: it leaves its message, and the rest of that message stays."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import NotFound
from bot.models import Notification, NotificationState, Person
from bot.services.notifications.changes import GONE, JOINED, SNOOZED, in_message_of, outlive, snooze


async def own_notification(session: AsyncSession, person: Person, notification_id: int) -> Notification:
    """One of this person's own notifications."""
    notification = await session.get(Notification, notification_id)
    if notification is None or notification.person_id != person.id:
        raise NotFound(GONE)
    return notification


async def plan_again_by_itself(
    session: AsyncSession, said: Sequence[Notification], *, due_at: datetime
) -> None:
    """Slack refuses to change the message that some of these were to join: they are planned again, each on its
    own.
    """
    await session.execute(
        update(Notification)
        .where(Notification.id.in_([notification.id for notification in said]), Notification.reason == JOINED)
        .values(
            state=NotificationState.PLANNED,
            reason=None,
            due_at=due_at,
            attempts=Notification.attempts + 1,
            merged_into_id=None,
            sent_at=None,
            tried_since=None,
            slack_channel=None,
            slack_ts=None,
        )
        .execution_options(synchronize_session=False)
    )


async def put_off(
    session: AsyncSession, person: Person, notification: Notification, *, until: datetime, now: datetime
) -> None:
    """A second press only moves it. If it shared its message, that message goes on without it and is updated."""
    if notification.state == NotificationState.PLANNED and notification.reason == SNOOZED:
        notification.due_at = until
        outlive(notification, until)
    else:
        said = await in_message_of(session, notification)
        await snooze(session, notification.id, person, until=until, now=now)
        if others := [one for one in said if one.id != notification.id]:
            _go_on(said[0], others, now)
            notification.slack_channel = notification.slack_ts = None
    notification.local_date = clock.local(until, person.timezone).date()
    if notification.slack_ts is not None:
        notification.update_due_at = now
    await session.flush()


def _go_on(carrier: Notification, others: Sequence[Notification], now: datetime) -> None:
    """The other notifications keep the message. If the carrier left, the first of them becomes the carrier."""
    heir = others[0]
    heir.slack_channel, heir.slack_ts = carrier.slack_channel, carrier.slack_ts
    heir.sent_at, heir.merged_into_id, heir.update_due_at = carrier.sent_at, None, now
    for one in others[1:]:
        one.merged_into_id = heir.id

"""What composers of several capabilities share."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import OverflowMenuElement
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.letters import Composer, Skip
from bot.models import Notification, NotificationState, Person
from bot.services.nudges import asks_for
from bot.slack import Message
from bot.views import nudges


def afterwards(notification: Notification) -> Sequence[OverflowMenuElement]:
    """The menu below whatever comes unasked: later, and why."""
    return nudges.menu(nudges.AFTERWARDS, notification.id)


def unless_put_off(composer: Composer) -> Composer:
    """A message whose notification is planned for later was snoozed: in its place stands until when."""

    async def compose(
        session: AsyncSession, notification: Notification, recipient: Person, now: datetime
    ) -> Message | Skip:
        if notification.state == NotificationState.PLANNED and notification.due_at > now:
            return nudges.snoozed_message(
                notification.due_at, asks_for(notification), recipient.timezone, now=now
            )
        return await composer(session, notification, recipient, now)

    return compose

"""Composers of several capabilities share these functions."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import OverflowMenuElement

from bot.courier.letters import Skip, Spoken, Telling
from bot.models import Notification, NotificationState
from bot.slack import Message
from bot.views import notifications as views


def afterwards(notification: Notification) -> Sequence[OverflowMenuElement]:
    """The menu below every unasked message puts it off or says why it came."""
    return views.menu(views.AFTERWARDS, notification.id)


def unless_put_off(spoken: Spoken) -> Spoken:
    """A message whose notification is planned for later was snoozed: it then shows the time at which it comes back."""

    async def compose(telling: Telling) -> Message | Skip:
        notification = telling.notification
        waits = notification.state == NotificationState.PLANNED and notification.due_at > telling.now
        if waits and telling.ended is None:
            return _snoozed(spoken, telling)
        return await spoken.compose(telling)

    return replace(spoken, compose=compose) if spoken.kind.rank is not None else spoken


def _snoozed(spoken: Spoken, telling: Telling) -> Message:
    asked = spoken.kind.asked_week(telling.notification)
    write = spoken.answer_with(asked.week) if asked and spoken.answer_with else None
    return views.snoozed_message(
        telling.notification.due_at, telling.recipient.timezone, now=telling.now, write=write
    )

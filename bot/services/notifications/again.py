"""A message that changes by the clock is updated in place once more, at a time that is known when it is written."""

from datetime import datetime

from bot.models import Notification


def update_again(notification: Notification, *, at: datetime) -> None:
    """A composer says when its message will be out of date. Anything that touches the message earlier makes the
    composer run again, and say it again.
    """
    notification.update_due_at = at

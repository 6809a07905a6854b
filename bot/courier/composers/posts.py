"""About a post that Slack refused, to whose post it is."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.letters import Composer, Skip
from bot.models import Notification, NotificationState, Person
from bot.services import notifications
from bot.slack import Message
from bot.views import posts as views


async def post_refused(
    session: AsyncSession, notification: Notification, owner: Person, now: datetime
) -> Message | Skip:
    post = await notifications.refused_post(session, owner, notification.subject["post"])
    if post.state != NotificationState.FAILED:
        return (
            views.settled_message(post.to_channel or "", post.state)
            if notification.slack_ts
            else Skip("answered")
        )
    may_repeat = post.reason not in notifications.MAYBE_ARRIVED
    return views.refused_message(post.id, post.to_channel or "", post.reason, may_repeat=may_repeat)


COMPOSERS: dict[str, Composer] = {notifications.REFUSED: post_refused}

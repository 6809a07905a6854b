"""This composer tells the author of a post that Slack refused it."""

from bot.courier.letters import Skip, Spoken, Telling
from bot.models import NotificationState
from bot.services import notifications
from bot.slack import Message
from bot.views import posts as views


async def post_refused(telling: Telling) -> Message | Skip:
    post = await notifications.refused_post(telling.session, telling.recipient, telling.subject["post"])
    if post.state != NotificationState.FAILED:
        return (
            views.settled_message(post.to_channel or "", post.state)
            if telling.notification.slack_ts
            else Skip("answered")
        )
    may_repeat = post.reason not in notifications.MAYBE_ARRIVED
    return views.refused_message(post.id, post.to_channel or "", post.reason, may_repeat=may_repeat)


SPOKEN = (Spoken(notifications.REFUSED, post_refused),)

"""About a post that Slack refused, to whose post it is."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.letters import Composer, Skip
from bot.models import Notice, NoticeState, Person
from bot.services import notices
from bot.slack import Message
from bot.views import posts as views


async def post_refused(session: AsyncSession, notice: Notice, owner: Person, now: datetime) -> Message | Skip:
    post = await notices.refused_post(session, owner, notice.subject["notice"])
    if post.state != NoticeState.FAILED:
        return (
            views.settled_message(post.to_channel or "", post.state) if notice.slack_ts else Skip("answered")
        )
    may_repeat = post.reason not in notices.MAYBE_ARRIVED
    return views.refused_message(post.id, post.to_channel or "", post.reason, may_repeat=may_repeat)


COMPOSERS: dict[str, Composer] = {notices.REFUSED: post_refused}

"""What composers of several capabilities share."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import OverflowMenuElement
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.letters import Composer, Skip
from bot.models import Notice, NoticeState, Person
from bot.services.nudges import asks_for
from bot.slack import Message
from bot.views import nudges


def afterwards(notice: Notice) -> Sequence[OverflowMenuElement]:
    """The menu below whatever comes unasked: later, and why."""
    return nudges.menu(nudges.AFTERWARDS, notice.id)


def unless_put_off(composer: Composer) -> Composer:
    """A message whose notice is planned for later was snoozed: in its place stands until when."""

    async def compose(
        session: AsyncSession, notice: Notice, recipient: Person, now: datetime
    ) -> Message | Skip:
        if notice.state == NoticeState.PLANNED and notice.due_at > now:
            return nudges.snoozed_message(notice.due_at, asks_for(notice), recipient.timezone, now=now)
        return await composer(session, notice, recipient, now)

    return compose

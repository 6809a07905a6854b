"""About awards and work anniversaries."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.composers.saying import afterwards
from bot.courier.letters import Composer, Skip
from bot.models import Notice, Person
from bot.services import anniversaries, awards, people
from bot.services.awards import kinds
from bot.services.nudges.kinds import ANNIVERSARY, AWARDS_WAITING
from bot.slack import Message
from bot.views import anniversaries as anniversary_views
from bot.views import awards as views


async def awards_waiting(session: AsyncSession, notice: Notice, hr: Person, now: datetime) -> Message | Skip:
    waiting = await awards.waiting_for(session, hr) if await people.is_hr(session, hr) else 0
    more = afterwards(notice)
    return views.waiting_message(waiting, more=more) if waiting else Skip("decided")


async def award_decided(session: AsyncSession, notice: Notice, nominator: Person, now: datetime) -> Message:
    return views.decided_message(
        await awards.nomination(session, nominator, notice.subject["nomination"], now=now)
    )


async def award_received(session: AsyncSession, notice: Notice, receiver: Person, now: datetime) -> Message:
    return views.received_message(await awards.received(session, receiver, notice.subject["announcement"]))


async def award_posted(session: AsyncSession, notice: Notice, owner: Person, now: datetime) -> Message:
    return views.post_message(await awards.posted(session, notice.subject["announcement"]))


async def anniversary_coming(
    session: AsyncSession, notice: Notice, manager: Person, now: datetime
) -> Message:
    day = date.fromisoformat(notice.subject["day"])
    coming = await anniversaries.coming(session, manager, notice.subject["person"], day)
    return anniversary_views.coming_message(coming, more=afterwards(notice))


COMPOSERS: dict[str, Composer] = {
    AWARDS_WAITING: awards_waiting,
    kinds.DECIDED: award_decided,
    kinds.RECEIVED: award_received,
    kinds.POSTED: award_posted,
    ANNIVERSARY: anniversary_coming,
}

"""What each kind of notice says, asked at the moment of sending: kind → who writes it.

A composer asks the service as the recipient, so that whoever may not read the thing any more gets no message.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier.letters import Composer
from bot.models import Notice, Person
from bot.services import checkins, people
from bot.slack import Message
from bot.views import checkins as views


async def checkin_shared(session: AsyncSession, notice: Notice, recipient: Person, now: datetime) -> Message:
    checkin, author = await checkins.access(session, recipient, notice.subject["checkin"])
    return views.shared_message(author.name, checkin.week, checkin.id)


async def checkin_answered(
    session: AsyncSession, notice: Notice, recipient: Person, now: datetime
) -> Message:
    checkin, author = await checkins.access(session, recipient, notice.subject["checkin"])
    by = await people.by_id(session, notice.subject["by"])
    return views.answered_message(by.name, checkin.week, checkin.id, own=recipient.id == author.id)


COMPOSERS: dict[str, Composer] = {
    "checkins.shared": checkin_shared,
    "checkins.answered": checkin_answered,
}

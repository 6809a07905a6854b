"""What a person asked for later, or not at all this week. Nobody else learns of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import NotFound
from bot.models import Notice, Person
from bot.services import notices
from bot.services.notices.changes import GONE
from bot.services.nudges.kinds import NUDGE, REMINDER, key


@dataclass(frozen=True, slots=True)
class PutOff:
    """`until`: empty for "not this week". `week`: whose check-in it asks for. `alone`: its message said only this."""

    notice: Notice
    until: datetime | None
    week: date | None
    alone: bool


async def later(
    session: AsyncSession, person: Person, notice_id: int, *, until: datetime | None, now: datetime
) -> PutOff:
    """Until then; without a time, or when the week will be closed by then, not this week."""
    notice = await notices.of(session, person, notice_id)
    alone = len(await notices.in_message_of(session, notice)) == 1
    week = asks_for(notice)
    if week and (until is None or until >= clock.closes_at(week, person.timezone)):
        keys = (key(kind, person.id, week) for kind in (NUDGE, REMINDER))
        await notices.not_this_week(session, *keys, now=now)
        return PutOff(notice, None, week, alone)
    if until is None:
        raise NotFound(GONE)
    await notices.put_off(session, person, notice, until=until, now=now)
    return PutOff(notice, until, week, alone)


def asks_for(notice: Notice) -> date | None:
    """The week whose check-in it asks for, if that is what it does."""
    return date.fromisoformat(notice.subject["week"]) if notice.kind in (NUDGE, REMINDER) else None

"""A rehearsal writes the message that a person would get now. It does not count in the ledger or the budget."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.courier.composers import checkins as composers
from bot.courier.letters import Telling
from bot.errors import Invalid
from bot.models import Notification, Person
from bot.packs import Packs
from bot.services import checkins
from bot.services.nudges import DIGEST, NUDGE, REMINDER, WELCOME
from bot.slack import Message
from bot.views import checkins as views
from bot.views.notifications import rehearsal_message

Rehearsed = Callable[[AsyncSession, Person, Packs, datetime], Awaitable[Message]]


async def rehearsal(
    session: AsyncSession, kind: str, recipient: Person, *, packs: Packs, now: datetime
) -> Message:
    """People who have answered, are away or asleep get a rehearsal too: the operator wants to see it now."""
    compose = REHEARSED.get(kind) or REHEARSED.get(f"checkins.{kind}")
    if compose is None:
        raise Invalid(f'"{kind}" cannot be rehearsed. Choose one of: {", ".join(REHEARSED)}')
    return rehearsal_message(await compose(session, recipient, packs, now))


async def _nudge(session: AsyncSession, recipient: Person, packs: Packs, now: datetime) -> Message:
    week = clock.open_weeks(now, recipient.timezone)[0]
    return views.nudge_message(week, recipient.timezone, notification_id=None, now=now)


async def _reminder(session: AsyncSession, recipient: Person, packs: Packs, now: datetime) -> Message:
    week = clock.open_weeks(now, recipient.timezone)[-1]
    return views.reminder_message(week, recipient.timezone, notification_id=None, now=now)


async def _digest(session: AsyncSession, recipient: Person, packs: Packs, now: datetime) -> Message:
    week = clock.week_of(clock.local(now, recipient.timezone).date()) - timedelta(weeks=1)
    team = await checkins.team_week(session, recipient, now=now, week=week)
    if team is None:
        raise Invalid(
            f"Nobody reports to {recipient.name}, so there is no digest. Choose somebody with a team."
        )
    return views.digest_message(team, notification_id=None)


async def _welcome(session: AsyncSession, recipient: Person, packs: Packs, now: datetime) -> Message:
    unplanned = Notification(kind=WELCOME.name, subject={})
    return await composers.welcome(Telling(session, unplanned, recipient, now, packs))


REHEARSED: Mapping[str, Rehearsed] = {
    NUDGE.name: _nudge,
    REMINDER.name: _reminder,
    DIGEST.name: _digest,
    WELCOME.name: _welcome,
}

"""Rehearsals: what somebody would be told, written for them now. In no ledger, no budget, no count."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.courier.composers import checkins as composers
from bot.errors import Invalid
from bot.models import Notification, Person
from bot.services import checkins
from bot.slack import Message
from bot.views import nudges
from bot.views.nudges.rehearsal import rehearsal_message

Rehearsed = Callable[[AsyncSession, Person, datetime], Awaitable[Message]]


async def rehearsal(session: AsyncSession, kind: str, recipient: Person, *, now: datetime) -> Message:
    """Also for somebody who has answered, is away or asleep: the operator wants to see it now."""
    compose = REHEARSED.get(kind) or REHEARSED.get(f"checkins.{kind}")
    if compose is None:
        raise Invalid(f'"{kind}" cannot be rehearsed. Choose one of: {", ".join(REHEARSED)}')
    return rehearsal_message(await compose(session, recipient, now))


async def _nudge(session: AsyncSession, recipient: Person, now: datetime) -> Message:
    week = clock.open_weeks(now, recipient.timezone)[0]
    return nudges.nudge_message(week, recipient.timezone, notification_id=None, now=now)


async def _reminder(session: AsyncSession, recipient: Person, now: datetime) -> Message:
    week = clock.open_weeks(now, recipient.timezone)[-1]
    return nudges.reminder_message(week, recipient.timezone, notification_id=None, now=now)


async def _digest(session: AsyncSession, recipient: Person, now: datetime) -> Message:
    week = clock.week_of(clock.local(now, recipient.timezone).date()) - timedelta(weeks=1)
    team = await checkins.team_week(session, recipient, now=now, week=week)
    if team is None:
        raise Invalid(
            f"Nobody reports to {recipient.name}, so there is no digest. Choose somebody with a team."
        )
    return nudges.digest_message(team, notification_id=None)


async def _welcome(session: AsyncSession, recipient: Person, now: datetime) -> Message:
    return await composers.welcome(session, Notification(kind=nudges.WELCOME, subject={}), recipient, now)


REHEARSED: Mapping[str, Rehearsed] = {
    nudges.NUDGE: _nudge,
    nudges.REMINDER: _reminder,
    nudges.DIGEST: _digest,
    nudges.WELCOME: _welcome,
}

"""When the messages of the weekly check-in are over, and what became of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.models import Checkin, Notification, Rhythm
from bot.services import notifications
from bot.services.notifications import Ended


async def asked(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """A question is over once the check-in is shared or its week closed, whichever is first."""
    people = await notifications.readers(session, (one.person_id for one in said))
    rows = await session.execute(
        select(Checkin.person_id, Checkin.week, Checkin.submitted_at).where(
            Checkin.person_id.in_(people), Checkin.week.in_({one.week for one in said})
        )
    )
    written = {(person_id, week): at for person_id, week, at in rows}
    over: dict[int, Ended] = {}
    for one in said:
        reader, week = people[one.person_id], one.week
        if at := written.get((reader.id, week)):
            over[one.id] = Ended("{who} shared this", by=reader, at=at)
        elif now >= clock.closes_at(week, reader.timezone):
            over[one.id] = Ended("The week closed before this was answered")
    return over


async def digest(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """A digest is over once its reader has opened the team's week, or when the next one is due."""
    people = await notifications.readers(session, (one.person_id for one in said))
    over: dict[int, Ended] = {}
    for one in said:
        reader = people[one.person_id]
        next_one = clock.due_at(one.week + timedelta(weeks=1), clock.MORNING, reader.timezone)
        if opened := notifications.opened_by(reader, one):
            over[one.id] = opened
        elif now >= next_one:
            over[one.id] = Ended("A newer digest has come")
    return over


async def welcome(session: AsyncSession, said: Sequence[Notification], now: datetime) -> dict[int, Ended]:
    """A greeting is over once its reader has chosen a rhythm or shared a check-in."""
    people = await notifications.readers(session, (one.person_id for one in said))
    chosen = await session.execute(
        select(Rhythm.person_id, Rhythm.chosen_at).where(Rhythm.person_id.in_(people))
    )
    begun = await session.execute(
        select(Checkin.person_id, func.min(Checkin.submitted_at))
        .where(Checkin.person_id.in_(people))
        .group_by(Checkin.person_id)
    )
    shared = {row[0]: row[1] for row in begun}
    chose = {person_id: at for person_id, at in chosen if person_id is not None}
    over: dict[int, Ended] = {}
    for one in said:
        reader = people[one.person_id]
        if reader.id in chose:
            over[one.id] = Ended("{who} chose a day and time", by=reader, at=chose[reader.id])
        elif reader.id in shared:
            over[one.id] = Ended("{who} shared a first check-in", by=reader, at=shared[reader.id])
    return over

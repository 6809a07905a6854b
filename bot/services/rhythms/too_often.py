""" "Too often?": asked once, of a person who left two weeks in a row unanswered."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.db import insert_rows
from bot.models import Checkin, Notification, NotificationState, Pause, Person, Rhythm, RhythmQuestion

LOOK_BACK = 9  # weeks: with a rhythm of four weeks, room for two of them


async def should_ask_too_often(
    session: AsyncSession, person: Person, week: date, *, asked_by: Callable[[date], str]
) -> bool:
    """True if the two latest weeks asked for before that one stayed unanswered, and the person was never asked
    "Too often?".

    A week in which the person asked for silence does not count, neither for nor against. If this very week's
    nudge carried the question unanswered, it is asked still: that nudge may have to be sent again.

    `asked_by` gives for a week the key of the notification that asked the person for it.
    """
    asked = select(RhythmQuestion.asked_at).where(RhythmQuestion.person_id == person.id)
    if (asked_at := await session.scalar(asked)) is not None:
        this_week = asked_at >= clock.closes_at(week - timedelta(weeks=1), person.timezone)
        return this_week and not await _chose_since(session, person, asked_at)
    latest = (await _weeks_asked_for(session, person, week, asked_by))[:2]
    return len(latest) == 2 and not any(latest)


async def _chose_since(session: AsyncSession, person: Person, then: datetime) -> bool:
    chosen = select(Rhythm.id).where(Rhythm.person_id == person.id, Rhythm.chosen_at >= then)
    return await session.scalar(chosen) is not None


async def _weeks_asked_for(
    session: AsyncSession, person: Person, before: date, asked_by: Callable[[date], str]
) -> list[bool]:
    """For each week whose question arrived, newest first: True if a check-in was written."""
    weeks = [before - timedelta(weeks=back) for back in range(1, LOOK_BACK)]
    keys = {asked_by(week): week for week in weeks}
    sent = await session.scalars(
        select(Notification.key).where(
            Notification.key.in_(keys), Notification.state == NotificationState.SENT
        )
    )
    arrived = {keys[key] for key in sent}
    written = set(
        await session.scalars(
            select(Checkin.week).where(Checkin.person_id == person.id, Checkin.week.in_(weeks))
        )
    )
    pauses = list(await session.scalars(select(Pause).where(Pause.person_id == person.id)))
    return [
        week in written
        for week in weeks
        if week in written or (week in arrived and not _was_silent(person, pauses, week))
    ]


def _was_silent(person: Person, pauses: Sequence[Pause], week: date) -> bool:
    begins = clock.closes_at(week - timedelta(weeks=1), person.timezone)
    ends = clock.closes_at(week, person.timezone)
    return any(pause.since < ends and (pause.ended_at or pause.until) > begins for pause in pauses)


async def asked_too_often(session: AsyncSession, person: Person, *, now: datetime) -> bool:
    """Records that "Too often?" was asked. False if it had been recorded."""
    return bool(await insert_rows(session, RhythmQuestion, [{"person_id": person.id, "asked_at": now}]))

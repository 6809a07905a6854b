"""Who has written or is paused is not asked."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Answer, Notification, NotificationState, Person
from bot.services import checkins, nudges, pauses
from tests.conftest import NOW, PersonBuilder, StatementCount
from tests.services.nudges.builders import DAY, MONDAY, SATURDAY, THURSDAY, WEEK, outcome, plan, rows


async def write(session: AsyncSession, person: Person, now: datetime) -> None:
    answers = [Answer("moved", "What moved?", "The piano")]
    await checkins.submit(session, person, week=MONDAY, answers=answers, energy=None, load=None, now=now)


async def test_whoever_has_written_is_not_asked(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    await write(session, ana, NOW)
    await plan(session)
    await plan(session, SATURDAY)
    assert await rows(session, nudges.NUDGE.name, nudges.REMINDER.name) == []


async def test_writing_takes_back_what_is_planned_in_one_statement(
    session: AsyncSession, a_person: PersonBuilder, statements: Callable[[], StatementCount]
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    with statements() as count:
        await nudges.cancel_answered(session, ana.id, MONDAY, THURSDAY)
    assert count.total == 1
    assert await outcome(session) == ("skipped", "answered")
    assert await plan(session) == nudges.Planned()
    assert await outcome(session) == ("skipped", "answered")


async def test_writing_has_the_message_that_asked_brought_up_to_date(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    sent = {"state": NotificationState.SENT, "slack_channel": "D1", "slack_ts": "1.1"}
    await session.execute(update(Notification).where(Notification.kind == nudges.NUDGE.name).values(sent))
    await write(session, ana, THURSDAY)
    assert await outcome(session) == ("sent", None)
    touched = select(Notification.kind, Notification.update_due_at).where(
        Notification.update_due_at.is_not(None)
    )
    assert (await session.execute(touched)).all() == [(nudges.NUDGE.name, THURSDAY)]


async def test_a_snoozed_nudge_is_taken_back_and_its_message_updated(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    await session.execute(update(Notification).values(slack_channel="D1", slack_ts="1.1", attempts=1))
    await nudges.cancel_answered(session, ana.id, MONDAY, THURSDAY)
    assert await outcome(session) == ("skipped", "answered")
    assert await session.scalar(select(func.count()).where(Notification.update_due_at == THURSDAY)) == 1


async def test_a_pause_beyond_the_weeks_end_skips_and_resuming_brings_it_back(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await plan(session)
    await pauses.pause(session, ana, ana, until=NOW + 2 * WEEK, now=THURSDAY)
    await plan(session)
    assert await outcome(session) == ("skipped", "paused")
    assert await plan(session) == nudges.Planned()
    await pauses.resume(session, ana, ana, now=THURSDAY)
    await plan(session)
    assert await outcome(session) == ("planned", None)


async def test_who_is_paused_already_gets_a_row_that_says_why_nothing_came(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await pauses.pause(session, ana, ana, until=NOW + 2 * WEEK, now=NOW)
    await plan(session)
    assert await outcome(session) == ("skipped", "paused")


async def test_a_pause_that_ends_in_time_leaves_the_courier_to_decide(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    await pauses.pause(session, ana, ana, until=NOW + 3 * DAY, now=NOW)
    await plan(session)
    assert await outcome(session) == ("planned", None)

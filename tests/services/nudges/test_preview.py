"""The preview says what planning will do, on both databases, without doing it; the listing says what it did."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.models import Beat, Notification, NotificationState, Person
from bot.packs import shipped_packs
from bot.services import notifications, nudges, pauses, rhythms
from bot.services.nudges import PlannedNudge
from tests.conftest import NOW, OTHER, PersonBuilder, StatementCount

PACKS = shipped_packs()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THURSDAY = NOW + DAY
CHRISTMAS_EVE = datetime(2026, 12, 24, 6, tzinfo=UTC)


async def a_company(session: AsyncSession, a_person: PersonBuilder) -> None:
    """Every way of being asked: zones east and west, holidays, own rhythms, a manager, no zone, a wrong one."""
    await nudges.start(session, None, now=NOW)
    ben = await a_person("Ben", country="DE", timezone="Europe/Berlin")
    for name, zone, country in (
        ("Ana", "Pacific/Kiritimati", None),
        ("Cleo", "America/St_Johns", "CA"),
        ("Dee", None, "XX"),
        ("Eli", "Mars/Olympus", "US"),
        ("Fay", "Asia/Kathmandu", "NP"),
    ):
        await a_person(name, manager=ben, timezone=zone, country=country)
    gil = await a_person("Gil", manager=ben)
    await rhythms.choose(
        session, gil, person=gil, now=NOW, **Beat(weekday=3, minute=610, every_weeks=2)._asdict()
    )


async def shown(session: AsyncSession, at: datetime, days: int) -> Sequence[PlannedNudge]:
    return (await nudges.preview(session, at=at, days=days, packs=PACKS)).nudges


@pytest.mark.parametrize("now", [THURSDAY, CHRISTMAS_EVE, datetime(2027, 3, 26, 3, tzinfo=UTC)])
async def test_what_it_shows_is_what_planning_writes(
    session: AsyncSession, a_person: PersonBuilder, now: datetime
) -> None:
    """Except that planning leaves out what is no news: the weeks off, and the reminders of what is not asked."""
    await a_company(session, a_person)
    foretold = {
        (one.person_id, one.kind, one.due_at, one.state, one.reason)
        for one in await shown(session, now, 2)
        if one.reason not in ("off_week", "too_late")
        and (one.kind, one.reason) != (nudges.REMINDER.name, "holiday")
    }
    fields = (
        Notification.person_id,
        Notification.kind,
        Notification.due_at,
        Notification.state,
        Notification.reason,
    )
    await nudges.plan(session, now=now, packs=PACKS)
    rows = await session.execute(
        select(*fields).where(Notification.due_at >= now, Notification.due_at < now + 2 * DAY)
    )
    assert {tuple(row) for row in rows} == foretold
    assert len(foretold) >= 8


async def test_it_writes_nothing(database: Database, session: AsyncSession, a_person: PersonBuilder) -> None:
    await a_company(session, a_person)
    with StatementCount(database) as count:
        await shown(session, NOW, 14)
    assert {statement.split()[0] for statement in count.statements} == {"SELECT"}
    assert await session.scalar(select(func.count(Notification.id))) == 0


async def test_more_people_need_no_more_statements(
    database: Database, session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_company(session, a_person)
    with StatementCount(database) as few:
        await shown(session, NOW, 14)
    for n in range(100):
        await a_person(f"P{n}")
    with StatementCount(database) as many:
        await shown(session, NOW, 14)
    assert many.total == few.total


async def test_a_pause_that_ends_in_time_only_delays(session: AsyncSession, a_person: PersonBuilder) -> None:
    await nudges.start(session, None, now=NOW)
    ana = await a_person("Ana")
    until = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday; the week stays open until Monday noon
    await pauses.pause(session, ana, ana, until=until, now=NOW)
    (nudge,) = [one for one in await shown(session, NOW, 6) if one.kind == nudges.NUDGE.name]
    assert (nudge.state, nudge.reason) == ("planned", "paused")
    assert nudge.due_at == datetime(2026, 11, 23, 8, tzinfo=UTC)


async def test_another_workspaces_people_are_not_shown(
    database: Database, session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_company(session, a_person)
    await session.commit()
    async with database.read(OTHER) as elsewhere:
        assert (await nudges.preview(elsewhere, at=NOW, days=14, packs=PACKS)).total == 0
        assert (await notifications.entries(elsewhere, limit=10)).total == 0


# The listing


async def test_the_listing_is_narrowed_and_bounded(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana, ben = await a_person("Ana"), await a_person("Ben")
    for n, (person, state) in enumerate(
        [
            (ana, NotificationState.SENT),
            (ana, NotificationState.FAILED),
            (ben, NotificationState.FAILED),
            (ben, NotificationState.SENT),
        ]
    ):
        due_at = NOW + (n % 3) * HOUR
        session.add(
            Notification(
                person_id=person.id, kind="welcome", key=f"{n}", nonce=f"{n}", state=state, due_at=due_at
            )
        )
    await session.flush()

    async def keys(limit: int = 10, **narrowed: Person | NotificationState) -> tuple[list[str], int]:
        found = await notifications.entries(session, limit=limit, **narrowed)  # type: ignore[arg-type]
        return [notification.key for notification, _ in found.entries], found.total

    assert await keys() == (["2", "1", "3", "0"], 4)
    assert await keys(limit=1) == (["2"], 4)
    assert await keys(person=ana) == (["1", "0"], 2)
    assert await keys(state=NotificationState.FAILED) == (["2", "1"], 2)
    assert await keys(person=ben, state=NotificationState.SENT) == (["3"], 1)

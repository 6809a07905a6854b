"""Writing a check-in: for which week, what is kept of before, and that the manager is told once."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import AlreadyDone, Invalid, NotAllowed
from bot.models import Answer, Checkin, CheckinRevision, Notification, Person, PersonKind
from bot.services import checkins, inbox, people
from tests.conftest import HOME, NOW, PersonBuilder
from tests.services.checkins.builders import PACKS, WEEK, notifications, write


async def test_a_check_in_tells_the_manager_once_however_often_it_is_edited(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    first = await write(session, ana)
    edited = await write(session, ana, "shipped more")
    assert edited.id == first.id
    assert await notifications(session) == [("checkins.shared", ben.id)]


async def test_the_manager_is_told_of_the_entry_not_its_text(session: AsyncSession, ana: Person) -> None:
    await write(session, ana, "canary")
    notification = (await session.scalars(select(Notification))).one()
    assert "canary" not in f"{notification.subject}{notification.key}"


async def test_an_edit_keeps_the_former_version(session: AsyncSession, ana: Person) -> None:
    await write(session, ana, "first", energy=3)
    await write(session, ana, "second", energy=5, now=NOW + timedelta(hours=1))
    former = (await session.scalars(select(CheckinRevision))).one()
    current = (await session.scalars(select(Checkin))).one()
    assert (former.answers[0].text, former.energy, former.revision) == ("first", 3, 1)
    assert (current.answers[0].text, current.revision) == ("second", 2)
    assert (current.submitted_at, current.edited_at) == (NOW, NOW + timedelta(hours=1))


async def test_two_windows_sent_at_once_make_one_check_in_and_one_edit(database: Database) -> None:
    async with database.work(HOME) as session:
        session.add(Person(slack_user_id="UANA", name="Ana", timezone="Europe/Lisbon"))

    async def send(words: str) -> None:
        async with database.work(HOME) as session:
            await write(session, await people.by_slack_id(session, "UANA"), words)

    await asyncio.gather(send("from the phone"), send("from the desk"))
    async with database.read(HOME) as session:
        checkin = (await session.scalars(select(Checkin))).one()
        former = (await session.scalars(select(CheckinRevision))).one()
    assert checkin.revision == 2
    assert {checkin.answers[0].text, former.answers[0].text} == {"from the phone", "from the desk"}


async def test_without_a_manager_nobody_is_told(session: AsyncSession, a_person: PersonBuilder) -> None:
    await write(session, await a_person("Zoe"))
    assert await notifications(session) == []


@pytest.mark.parametrize(
    ("week", "now", "closed"),
    [
        (WEEK, datetime(2026, 11, 22, 23, 59, tzinfo=UTC), False),
        (WEEK, datetime(2026, 11, 23, 11, 59, tzinfo=UTC), False),
        (WEEK, datetime(2026, 11, 23, 12, 0, tzinfo=UTC), True),
        (WEEK + timedelta(weeks=1), NOW, True),
        (WEEK - timedelta(weeks=1), NOW, True),
        (WEEK + timedelta(days=1), NOW, True),
    ],
)
async def test_a_week_is_open_until_noon_of_the_monday_after(
    session: AsyncSession, ana: Person, week: date, now: datetime, closed: bool
) -> None:
    if not closed:
        assert (await write(session, ana, week=week, now=now)).week == week
        return
    with pytest.raises(Invalid, match="/checkin"):
        await write(session, ana, week=week, now=now)


async def test_an_empty_check_in_is_refused(session: AsyncSession, ana: Person) -> None:
    with pytest.raises(Invalid):
        await write(session, ana, answers=(Answer("moved", "?", ""),))


async def test_a_guest_cannot_write_one(session: AsyncSession, a_person: PersonBuilder) -> None:
    guest = await a_person("Gus", kind=PersonKind.GUEST)
    with pytest.raises(NotAllowed):
        await write(session, guest)


async def test_the_same_request_counts_once(session: AsyncSession) -> None:
    await inbox.accept(session, "view:1", now=NOW)
    with pytest.raises(AlreadyDone):
        await inbox.accept(session, "view:1", now=NOW)


async def test_the_draft_offers_the_unwritten_week_before_monday_noon(
    session: AsyncSession, ana: Person
) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert (await checkins.prefill(session, ana, packs=PACKS, now=monday)).week == WEEK
    await write(session, ana, now=monday)
    assert (await checkins.prefill(session, ana, packs=PACKS, now=monday)).week == date(2026, 11, 23)


async def test_the_draft_brings_last_weeks_plan_and_this_weeks_text(
    session: AsyncSession, ana: Person
) -> None:
    await write(session, ana, week=WEEK - timedelta(weeks=1), now=NOW - timedelta(weeks=1))
    fresh = await checkins.prefill(session, ana, packs=PACKS, now=NOW)
    assert (fresh.written, fresh.planned_last_week and fresh.planned_last_week.text) == (None, "rest")
    await write(session, ana, "this week")
    again = await checkins.prefill(session, ana, packs=PACKS, now=NOW)
    assert again.written is not None
    assert again.written.answers[0].text == "this week"


async def test_the_form_does_not_name_a_manager_who_has_left(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    ben.deactivated_at = NOW
    await session.flush()
    assert (await checkins.prefill(session, ana, packs=PACKS, now=NOW)).manager is None

"""How awards spread, for HR: departments of five and more, and nothing that not everybody could see."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotAllowed
from bot.models import AwardAnnouncement, AwardType, Department, Nomination, Person
from bot.services import awards, kudos
from tests.conftest import NOW, PersonBuilder

YEAR = timedelta(days=365)


@pytest.fixture
async def makers(session: AsyncSession, a_person: PersonBuilder) -> Sequence[Person]:
    """Six of one department. Hana, and Ana with her, have none."""
    session.add(department := Department(name="Makers", path="Makers"))
    await session.flush()
    return [await a_person(f"Maker{number}", department_id=department.id) for number in range(6)]


@pytest.fixture
async def sellers(session: AsyncSession, a_person: PersonBuilder) -> Sequence[Person]:
    session.add(department := Department(name="Sellers", path="Sellers"))
    await session.flush()
    return [await a_person(f"Seller{number}", department_id=department.id) for number in range(5)]


async def announced(
    session: AsyncSession, award: AwardType, to: Person, by: Person, *, ago: timedelta = timedelta(days=1)
) -> AwardAnnouncement:
    nomination = Nomination(
        type_id=award.id, nominator_id=by.id, nominee_id=to.id, act="a", effect="e", nominated_at=NOW
    )
    session.add(nomination)
    await session.flush()
    announcement = AwardAnnouncement(
        nomination_id=nomination.id,
        by_id=by.id,
        text="…",
        channels=[],
        due_at=NOW - ago,
        drafted_at=NOW - ago,
        confirmed_at=NOW - ago,
    )
    session.add(announcement)
    await session.flush()
    return announcement


async def counts(session: AsyncSession, hana: Person) -> dict[str, int | None]:
    table = (await awards.figures(session, hana, now=NOW)).departments
    rows = [*table.groups, *([table.others] if table.others else [])]
    return {row.name: row.counts[0] for row in rows}


async def test_people_are_counted_and_not_their_awards(
    session: AsyncSession,
    hana: Person,
    award: AwardType,
    makers: Sequence[Person],
    sellers: Sequence[Person],
) -> None:
    for maker in (makers[0], makers[0], makers[1]):
        await announced(session, award, maker, hana)
    await announced(session, award, sellers[0], hana)
    seen = await awards.figures(session, hana, now=NOW)
    assert seen.people == 12
    assert await counts(session, hana) == {"Makers": 2, "others": 1}, "Hana alone takes the sellers with her"
    assert seen.receivers == 3


async def test_what_not_everybody_can_see_counts_for_nobody(
    session: AsyncSession, hana: Person, award: AwardType, makers: Sequence[Person]
) -> None:
    shy, later, withdrawn, long_ago, draft, gone = makers
    await kudos.prefer_private(session, shy, person=shy, in_private=True, now=NOW)
    await announced(session, award, shy, hana)
    await announced(session, award, later, hana, ago=-timedelta(minutes=1))
    (await announced(session, award, withdrawn, hana)).withdrawn_at = NOW
    await announced(session, award, long_ago, hana, ago=YEAR + timedelta(days=1))
    (await announced(session, award, draft, hana)).confirmed_at = None
    await session.flush()
    assert await counts(session, hana) == {"others": None}
    await announced(session, award, gone, hana)
    assert await counts(session, hana) == {"others": 1}
    gone.deactivated_at = NOW
    await session.flush()
    assert await counts(session, hana) == {"others": None}


async def test_fewer_than_five_are_not_counted_at_all(
    session: AsyncSession, hana: Person, ana: Person, award: AwardType
) -> None:
    await announced(session, award, ana, hana)
    assert await counts(session, hana) == {}
    assert (await awards.figures(session, hana, now=NOW)).receivers is None


async def test_only_hr_reads_them(session: AsyncSession, ana: Person) -> None:
    with pytest.raises(NotAllowed, match="Only HR admins"):
        await awards.figures(session, ana, now=NOW)

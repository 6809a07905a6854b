"""Pauses: who may ask for silence, until when, and what several of them make together."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import Invalid, NotAllowed
from bot.models import Person, Silence
from bot.services import pauses, people
from tests.conftest import NOW, PersonBuilder, StatementCount

DAY = timedelta(days=1)


@pytest.fixture
async def ana(session: AsyncSession, a_person: PersonBuilder, ben: Person) -> Person:
    return await a_person("Ana", manager=ben)


async def until(session: AsyncSession, person: Person, now: datetime = NOW) -> datetime | None:
    found = await pauses.current(session, person, now)
    return found.until if found else None


async def test_a_pause_lasts_until_its_end(session: AsyncSession, ana: Person) -> None:
    await pauses.pause(session, ana, ana, until=NOW + DAY, now=NOW)
    assert await until(session, ana) == NOW + DAY
    assert await until(session, ana, NOW + DAY - timedelta(seconds=1)) == NOW + DAY
    assert await until(session, ana, NOW + DAY) is None


async def test_oneself_the_manager_and_hr_may_ask_for_it_and_nobody_else(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    hana, cem = await a_person("Hana"), await a_person("Cem")
    await people.grant_hr(session, hana, now=NOW)
    for actor in (ana, ben, hana):
        paused = await pauses.pause(session, actor, ana, until=NOW + DAY, now=NOW)
        assert paused.until == NOW + DAY
        assert await pauses.resume(session, actor, ana, now=NOW)
    for actor, person in ((cem, ana), (ana, ben)):
        with pytest.raises(NotAllowed, match="Hana"):
            await pauses.pause(session, actor, person, until=NOW + DAY, now=NOW)
        with pytest.raises(NotAllowed, match="Hana"):
            await pauses.resume(session, actor, person, now=NOW)


async def test_a_former_manager_and_a_leaver_may_not(session: AsyncSession, ana: Person, ben: Person) -> None:
    ben.deactivated_at = NOW
    with pytest.raises(NotAllowed):
        await pauses.pause(session, ben, ana, until=NOW + DAY, now=NOW)
    ben.deactivated_at, ana.manager_id = None, None
    with pytest.raises(NotAllowed):
        await pauses.pause(session, ben, ana, until=NOW + DAY, now=NOW)


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [(timedelta(), "over already"), (-DAY, "over already"), (400 * DAY, "a year at most")],
)
async def test_the_past_and_the_far_future_are_refused_in_a_sentence(
    session: AsyncSession, ana: Person, ahead: timedelta, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        await pauses.pause(session, ana, ana, until=NOW + ahead, now=NOW)
    assert refused.value.field == "until"
    assert await until(session, ana) is None


async def test_two_pauses_cover_what_either_covers(session: AsyncSession, ana: Person, ben: Person) -> None:
    await pauses.pause(session, ben, ana, until=NOW + 5 * DAY, now=NOW)
    shorter = await pauses.pause(session, ana, ana, until=NOW + 2 * DAY, now=NOW + DAY)
    assert (shorter.until, shorter.set_by) == (NOW + 5 * DAY, "Ben"), (
        "the longer one holds, and the answer says so"
    )
    longer = await pauses.pause(session, ana, ana, until=NOW + 9 * DAY, now=NOW + DAY)
    assert (longer.until, longer.set_by) == (NOW + 9 * DAY, "Ana")


async def test_resuming_ends_all_of_them_once(session: AsyncSession, ana: Person, ben: Person) -> None:
    await pauses.pause(session, ben, ana, until=NOW + 5 * DAY, now=NOW)
    await pauses.pause(session, ana, ana, until=NOW + 2 * DAY, now=NOW)
    assert await pauses.resume(session, ana, ana, now=NOW + DAY)
    assert await until(session, ana, NOW + DAY) is None
    assert not await pauses.resume(session, ana, ana, now=NOW + DAY)


async def test_a_pause_until_a_day_ends_where_the_person_is(session: AsyncSession, ana: Person) -> None:
    ana.timezone = "Asia/Tokyo"  # where it is Thursday already
    end = pauses.morning_of(date(2026, 11, 20), ana, now=NOW)
    here = clock.local(end, "Asia/Tokyo")
    assert (here.date(), here.hour < 8) == (date(2026, 11, 20), True)
    with pytest.raises(Invalid, match="over already"):
        pauses.morning_of(date(2026, 11, 19), ana, now=NOW)
    with pytest.raises(Invalid, match="a year"):
        pauses.morning_of(date(2028, 1, 1), ana, now=NOW)


async def test_silence_is_a_pause_or_an_absence_whichever_lasts_longer(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    cem, dee = await a_person("Cem"), await a_person("Dee")
    eli, fay = await a_person("Eli"), await a_person("Fay")
    for person in (ana, dee, eli):
        await pauses.pause(session, person, person, until=NOW + 2 * DAY, now=NOW)
    cem.away_since, cem.away_until = NOW - DAY, NOW + DAY
    dee.away_since, dee.away_until = NOW - DAY, NOW + 3 * DAY
    eli.away_since = NOW - DAY
    fay.away_since, fay.away_until = NOW - 2 * DAY, NOW
    assert await pauses.silence_of(session, [ana, ben, cem, dee, eli, fay], NOW) == {
        ana.id: Silence(NOW + 2 * DAY, "paused"),
        cem.id: Silence(NOW + DAY, "away"),
        dee.id: Silence(NOW + 3 * DAY, "paused"),
        eli.id: Silence(None, "paused"),
    }


async def test_the_silence_of_many_is_one_question(
    session: AsyncSession, ana: Person, ben: Person, statements: Callable[[], StatementCount]
) -> None:
    await pauses.pause(session, ana, ana, until=NOW + DAY, now=NOW)
    with statements() as count:
        assert set(await pauses.silence_of(session, [ana, ben], NOW)) == {ana.id}
    assert count.total == 1

"""The list of awards."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed
from bot.installation import give_awards
from bot.models import AwardType, Person
from bot.services import awards
from tests.conftest import NOW, PersonBuilder, StatementCount
from tests.services.awards.builders import nominate


async def test_awards_ship_once_and_what_was_retired_stays_away(session: AsyncSession, hana: Person) -> None:
    await give_awards(session, now=NOW)
    names = [one.name for one in await awards.TYPES.in_force(session)]
    assert len(names) == 8 and "Customer hero" in names
    for one in await awards.TYPES.in_force(session):
        await awards.TYPES.retire(session, hana, one.id, now=NOW)
    await give_awards(session, now=NOW)
    assert await awards.TYPES.in_force(session) == []


async def test_a_renamed_award_takes_its_past_along(
    session: AsyncSession, hana: Person, award: AwardType, approved: int
) -> None:
    await awards.TYPES.rename(session, hana, award.id, name="  On the  spot ", meaning="", now=NOW)
    assert (await awards.nomination(session, hana, approved, now=NOW)).award == "On the spot"


async def test_names_are_asked_for_short_and_free(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType
) -> None:
    for name in ("", "x" * 61, "spot AWARD"):
        with pytest.raises(Invalid) as refused:
            await awards.TYPES.add(session, hana, name=name, meaning="", now=NOW)
        assert refused.value.field == "name"
    with pytest.raises(NotAllowed, match="Only HR admins"):
        await awards.TYPES.add(session, ana, name="Mine", meaning="", now=NOW)
    await awards.TYPES.retire(session, hana, award.id, now=NOW)
    with pytest.raises(AlreadyDone):
        await awards.TYPES.retire(session, hana, award.id, now=NOW)
    assert (await awards.TYPES.add(session, hana, name="Spot award", meaning="", now=NOW)).id != award.id


async def test_a_full_page_costs_no_more_queries_than_a_short_one(
    session: AsyncSession,
    hana: Person,
    award: AwardType,
    a_person: PersonBuilder,
    statements: Callable[[], StatementCount],
) -> None:
    crowd = [await a_person(f"P{number}", email=f"p{number}@example.com") for number in range(12)]
    await nominate(session, crowd[0], crowd[1], award)
    with statements() as short:
        await awards.overview(session, hana, now=NOW)
    for giver, receiver in pairwise(crowd[1:]):
        await nominate(session, giver, receiver, award)
    with statements() as full:
        page = await awards.overview(session, hana, now=NOW)
    assert full.total <= short.total + 1  # names of values
    assert (len(page.waiting), page.more_waiting) == (8, 3)

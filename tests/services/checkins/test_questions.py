"""Which questions are asked, and who chooses them."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed
from bot.models import Department, PackChoice, Person
from bot.services import checkins
from tests.conftest import NOW, PersonBuilder
from tests.services.checkins.builders import PACKS, WEEK


async def test_the_nearest_choice_of_questions_wins(
    session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    engineering = Department(name="Engineering", path="Engineering", parent_id=None)
    session.add(engineering)
    await session.flush()
    platform = Department(name="Platform", path="Engineering / Platform", parent_id=engineering.id)
    session.add(platform)
    await session.flush()
    ana = await a_person("Ana", manager=ben, department_id=platform.id)
    hana = await a_person("Hana")

    async def pack() -> str:
        return (await checkins.questions_for(session, ana, week=WEEK, packs=PACKS)).pack.key

    assert await pack() == "engineering"  # ships for the parent department
    places: list[tuple[dict[str, Any], str]] = [
        ({}, "core"),
        ({"department_id": engineering.id}, "support"),
        ({"department_id": platform.id}, "sales"),
        ({"team_manager_id": ben.id}, "core"),
        ({"person_id": ana.id}, "support"),
    ]
    for place, key in places:
        session.add(PackChoice(**place, pack=key, chosen_at=NOW))
        await session.flush()
        assert await pack() == key
    with pytest.raises(NotAllowed):
        await checkins.choose_pack(session, hana, pack="sales", packs=PACKS, person=ana, now=NOW)


async def test_hr_chooses_and_takes_back_the_questions(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    from bot.services import people

    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    await checkins.choose_pack(session, hana, pack="sales", packs=PACKS, person=ana, now=NOW)
    await checkins.choose_pack(session, hana, pack="support", packs=PACKS, person=ana, now=NOW)
    assert (await checkins.questions_for(session, ana, week=WEEK, packs=PACKS)).pack.key == "support"
    await checkins.choose_pack(session, hana, pack=None, packs=PACKS, person=ana, now=NOW)
    assert (await checkins.questions_for(session, ana, week=WEEK, packs=PACKS)).pack.key == "core"
    with pytest.raises(Invalid):
        await checkins.choose_pack(session, hana, pack="gone", packs=PACKS, now=NOW)

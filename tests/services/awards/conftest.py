"""Ana and Ben, Hana from HR, and an award."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import AwardType, Person
from tests.conftest import NOW, PersonBuilder
from tests.services.awards.builders import decide, hr, nominate


@pytest.fixture
async def ana(a_person: PersonBuilder) -> Person:
    return await a_person("Ana")


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben")


@pytest.fixture
async def hana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    return await hr(session, await a_person("Hana"))


@pytest.fixture
async def award(session: AsyncSession) -> AwardType:
    award = AwardType(name="Spot award", meaning=None, added_at=NOW)
    session.add(award)
    await session.flush()
    return award


@pytest.fixture
async def approved(session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType) -> int:
    nomination_id = await nominate(session, ana, ben, award)
    await decide(session, hana, nomination_id)
    return nomination_id

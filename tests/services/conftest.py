"""Ana and Ben, whom most rules are about, and Hana from HR; where they mean more, a module says so."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.services import people
from tests.conftest import NOW, PersonBuilder


@pytest.fixture
async def ana(a_person: PersonBuilder) -> Person:
    return await a_person("Ana")


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben")


@pytest.fixture
async def hana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    return hana

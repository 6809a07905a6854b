"""Ana and her manager Ben, in a country with holidays."""

import pytest

from bot.models import Person
from tests.conftest import PersonBuilder


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben", country="PT")


@pytest.fixture
async def ana(a_person: PersonBuilder, ben: Person) -> Person:
    return await a_person("Ana", manager=ben, country="PT")

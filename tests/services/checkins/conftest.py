"""Ana and her manager Ben."""

import pytest

from bot.models import Person
from tests.conftest import PersonBuilder


@pytest.fixture
async def ana(a_person: PersonBuilder, ben: Person) -> Person:
    return await a_person("Ana", manager=ben)

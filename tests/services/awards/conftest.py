"""An award, and a nomination that was approved."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import AwardType, Person
from tests.conftest import NOW
from tests.services.awards.builders import decide, nominate


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

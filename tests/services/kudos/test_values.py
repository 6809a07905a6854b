"""Values: shipped, renamed, retired, and what was given for them."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed
from bot.installation import give_values
from bot.models import CompanyValue, Person
from bot.services import kudos
from tests.conftest import NOW
from tests.services.kudos.builders import give


async def test_a_workspace_starts_with_the_shipped_values_and_what_hr_retired_stays_away(
    session: AsyncSession, hana: Person
) -> None:
    await give_values(session, now=NOW)
    before = await kudos.VALUES.in_force(session)
    await kudos.VALUES.retire(session, hana, before[0].id, now=NOW)
    await give_values(session, now=NOW)
    assert len(await kudos.VALUES.in_force(session)) == len(before) - 1


async def test_a_renamed_value_keeps_its_past_and_answers_to_its_old_name(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.VALUES.add(session, hana, name="Own it", meaning="", now=NOW)
    kudos_id = await give(session, ana, ben, value_id=value.id)
    await kudos.VALUES.rename(session, hana, value.id, name="Ownership", meaning="", now=NOW)
    assert (await kudos.read(session, ben, kudos_id)).value == "Ownership"
    for word in ("own-it", "OwnIt", "ownership"):
        assert await kudos.value_called(session, word) is value
    assert await kudos.value_called(session, "owner") is None


async def test_retired_values_keep_what_was_given_for_them(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.VALUES.add(session, hana, name="Speed", meaning="", now=NOW)
    kudos_id = await give(session, ana, ben, value_id=value.id)
    await kudos.VALUES.retire(session, hana, value.id, now=NOW)
    assert (await kudos.read(session, ben, kudos_id)).value == "Speed"
    assert await kudos.VALUES.add(session, hana, name="Speed", meaning="", now=NOW)


@pytest.mark.parametrize(
    ("name", "meaning", "field"),
    [
        ("", "", "name"),
        ("!!", "", "name"),
        ("x" * 41, "", "name"),
        ("Fair", "x" * 151, "meaning"),
        ("craft", "", "name"),
    ],
)
async def test_a_value_nobody_could_use_is_refused_under_its_field(
    session: AsyncSession, hana: Person, name: str, meaning: str, field: str
) -> None:
    await kudos.VALUES.add(session, hana, name="Craft", meaning="", now=NOW)
    with pytest.raises(Invalid) as refused:
        await kudos.VALUES.add(session, hana, name=name, meaning=meaning, now=NOW)
    assert refused.value.field == field


async def test_only_hr_changes_the_values(session: AsyncSession, ana: Person) -> None:
    with pytest.raises(NotAllowed):
        await kudos.VALUES.add(session, ana, name="Speed", meaning="", now=NOW)
    assert await session.scalar(select(func.count(CompanyValue.id))) == 0

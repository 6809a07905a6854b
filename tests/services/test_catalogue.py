"""A list that HR keeps: any description of one behaves the same."""

import re
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.models import AwardType, Person
from bot.services import awards, kudos
from bot.services.catalogue import MEANING_LIMIT, MOST, Catalogue
from bot.views import awards as award_views
from bot.views import catalogue as catalogue_views
from bot.views import kudos as kudos_views
from tests.conftest import NOW, PersonBuilder
from tests.services.awards.builders import hr

SKILLS = Catalogue(
    rows=AwardType,  # a third list has a table of its own; what is tested here does not depend on which
    noun="skill",
    one="a skill",
    only_hr="Only HR admins keep the list of skills.",
    too_many="There are {most} skills already.",
    ask="Give the skill a name.",
    name_limit=20,
    same=lambda name: re.sub(r"\W", "", name).casefold(),
)


@pytest.fixture
async def hana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    hana = await hr(session, await a_person("Hana"))
    for one in await SKILLS.in_force(session):
        await SKILLS.retire(session, hana, one.id, now=NOW)
    return hana


async def test_hr_adds_renames_and_retires_an_entry(session: AsyncSession, hana: Person) -> None:
    skill = await SKILLS.add(session, hana, name="  Public   speaking ", meaning="", now=NOW)
    assert (skill.name, skill.meaning) == ("Public speaking", None)
    renamed: dict[str, Any] = {"name": "Speaking", "meaning": "On a stage", "now": NOW}
    await SKILLS.rename(session, hana, skill.id, **renamed)
    await SKILLS.rename(session, hana, skill.id, **renamed)
    assert [one.name for one in await SKILLS.in_force(session)] == ["Speaking"]
    await SKILLS.retire(session, hana, skill.id, now=NOW)
    assert await SKILLS.in_force(session) == []
    with pytest.raises(AlreadyDone, match="That skill is retired already"):
        await SKILLS.retire(session, hana, skill.id, now=NOW)
    with pytest.raises(NotFound, match="That skill is no longer there"):
        await SKILLS.rename(session, hana, skill.id, **renamed)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("...", "Give the skill a name."),
        ("x" * 21, "A name holds 20 characters"),
        ("pair-programming", "There is a skill called “Pair programming” already"),
    ],
)
async def test_a_name_that_does_not_do_is_refused_with_a_sentence(
    session: AsyncSession, hana: Person, name: str, sentence: str
) -> None:
    await SKILLS.add(session, hana, name="Pair programming", meaning="", now=NOW)
    with pytest.raises(Invalid, match=re.escape(sentence)) as refused:
        await SKILLS.add(session, hana, name=name, meaning="", now=NOW)
    assert refused.value.field == "name"


async def test_a_full_list_takes_no_more(session: AsyncSession, hana: Person) -> None:
    for number in range(MOST):
        await SKILLS.add(session, hana, name=f"Skill {number}", meaning="", now=NOW)
    with pytest.raises(Invalid, match=f"There are {MOST} skills already"):
        await SKILLS.add(session, hana, name="One more", meaning="", now=NOW)


def test_the_forms_take_as_much_as_the_lists() -> None:
    assert kudos.VALUES.name_limit == kudos_views.COMPANY_VALUES.name_limit
    assert awards.TYPES.name_limit == award_views.AWARDS.name_limit
    assert catalogue_views.MEANING.limit == MEANING_LIMIT


async def test_only_hr_keeps_the_list(session: AsyncSession, hana: Person, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    skill = await SKILLS.add(session, hana, name="Speaking", meaning="", now=NOW)
    with pytest.raises(NotAllowed, match="Only HR admins keep the list of skills"):
        await SKILLS.add(session, ana, name="Mine", meaning="", now=NOW)
    with pytest.raises(NotAllowed):
        await SKILLS.rename(session, ana, skill.id, name="Mine", meaning="", now=NOW)
    with pytest.raises(NotAllowed):
        await SKILLS.retire(session, ana, skill.id, now=NOW)

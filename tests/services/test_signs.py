"""What counts as being away: the usual signs until HR chooses, and only what HR chose from then on."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import Invalid, NotAllowed
from bot.models import Person
from bot.services import directory, people
from bot.services.directory.absence import USUAL_SIGNS
from tests.conftest import NOW, OTHER, PersonBuilder


async def choose(session: AsyncSession, actor: Person, emoji: list[str], words: list[str]) -> None:
    await directory.choose_signs(session, actor, emoji=emoji, words=words, now=NOW)


async def is_away(session: AsyncSession, emoji: str, text: str) -> bool:
    signs = await directory.away_signs(session)
    return bool(signs.show_in({"status_emoji": emoji, "status_text": text}))


async def test_until_hr_chooses_the_usual_signs_count(session: AsyncSession) -> None:
    assert await directory.away_signs(session) == USUAL_SIGNS
    assert await is_away(session, ":palm_tree:", "")


async def test_what_hr_chose_replaces_the_usual_signs(session: AsyncSession, hana: Person) -> None:
    await choose(session, hana, [":snowflake:"], ["bridge day"])
    assert await is_away(session, ":snowflake:", "")
    assert await is_away(session, "", "On a Bridge Day, back tomorrow")
    assert not await is_away(session, ":palm_tree:", "On holiday")


async def test_with_emoji_only_no_text_counts_as_away(session: AsyncSession, hana: Person) -> None:
    await choose(session, hana, [":snowflake:"], [])
    assert not await is_away(session, "", "In a meeting")


async def test_emptied_it_goes_back_to_the_usual_signs(session: AsyncSession, hana: Person) -> None:
    await choose(session, hana, [":snowflake:"], [])
    await choose(session, hana, [], [])
    assert await directory.away_signs(session) == USUAL_SIGNS


@pytest.mark.parametrize(
    ("emoji", "words", "field"),
    [
        (["🌴"], [], "emoji"),
        (["palm_tree"], [], "emoji"),
        ([], ["x" * 41], "words"),
        ([], [str(n) for n in range(61)], "words"),
    ],
)
async def test_what_can_be_no_sign_is_refused_under_its_field(
    session: AsyncSession, hana: Person, emoji: list[str], words: list[str], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        await choose(session, hana, emoji, words)
    assert refusal.value.field == field
    assert await directory.away_signs(session) == USUAL_SIGNS


async def test_only_hr_sees_and_chooses_them(session: AsyncSession, a_person: PersonBuilder) -> None:
    ana = await a_person("Ana")
    with pytest.raises(NotAllowed, match="HR admins"):
        await choose(session, ana, [":snowflake:"], [])
    with pytest.raises(NotAllowed, match="HR admins"):
        await directory.signs_for_hr(session, ana)


async def test_another_company_keeps_its_own_signs(database: Database) -> None:
    async with database.work("T0HOME") as session:
        hana = Person(name="Hana", slack_user_id="UHANA")
        session.add(hana)
        await session.flush()
        await people.grant_hr(session, hana, now=NOW)
        await choose(session, hana, [":snowflake:"], [])
    async with database.read(OTHER) as session:
        assert await directory.away_signs(session) == USUAL_SIGNS

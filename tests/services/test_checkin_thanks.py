"""Who helped, as a check-in tells it: thanking is suggested once, and the words are their writer's alone."""

from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Answer, Person
from bot.packs import Packs, shipped_packs
from bot.services import checkins
from tests.conftest import NOW, PersonBuilder

WEEK = date(2026, 11, 16)
PACKS = shipped_packs()
WORDS = "@Ben dropped everything when I was lost."


@pytest.fixture
async def ana(a_person: PersonBuilder, ben: Person) -> Person:
    return await a_person("Ana", manager=ben)


async def write(
    session: AsyncSession, me: Person, helped: str, moved: str = "Shipped", *, locked: bool = False
) -> tuple[int, bool]:
    """The check-in, and whether thanking is suggested."""
    answers = (Answer("moved", "What moved?", moved), Answer("helped", "Who helped you?", helped, locked))
    checkin_id = await checkins.submit(
        session, me, week=WEEK, answers=answers, energy=None, load=None, now=NOW
    )
    return checkin_id, await checkins.suggests_thanks(session, checkin_id, answers, packs=PACKS)


@pytest.mark.parametrize(
    ("helped", "suggested"), [(WORDS, True), ("山田さん", True), ("", False), ("-", False)]
)
async def test_thanking_is_suggested_to_who_tells_of_help(
    session: AsyncSession, ana: Person, helped: str, suggested: bool
) -> None:
    assert (await write(session, ana, helped))[1] is suggested


async def test_it_is_suggested_anew_for_new_words_only(session: AsyncSession, ana: Person) -> None:
    told = [
        (await write(session, ana, helped, moved))[1]
        for helped, moved in (
            ("", "Shipped"),
            (WORDS, "Shipped"),
            (WORDS, "Shipped it"),
            (f"{WORDS} Pia, too.", "Shipped it"),
            ("", "Shipped it"),
        )
    ]
    assert told == [False, True, False, True, False]


async def test_the_words_are_read_as_they_stand_now_by_their_writer_alone(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, a_person: PersonBuilder
) -> None:
    checkin_id, _ = await write(session, ana, WORDS)
    for somebody in (ben, hana, await a_person("Cem")):
        with pytest.raises(NotFound, match="not available to you"):
            await checkins.help_told(session, somebody, checkin_id, packs=PACKS)
    await write(session, ana, "Nobody but @Ben", locked=True)
    assert await checkins.help_told(session, ana, checkin_id, packs=PACKS) == "Nobody but @Ben"
    ana.deactivated_at = NOW - timedelta(days=1)
    with pytest.raises(NotFound, match="not available to you"):
        await checkins.help_told(session, ana, checkin_id, packs=PACKS)


def test_every_shipped_pack_asks_who_helped_and_says_that_it_does() -> None:
    for pack in PACKS:
        assert [one.key for one in (*pack.questions, *pack.rotating) if one.thanks] == ["helped"]
    assert not PACKS.asks_who_helped("moved")


def test_an_answer_is_understood_whatever_pack_asked_it() -> None:
    core, *others = PACKS
    without = Packs(packs=(core.model_copy(update={"rotating": ()}), *others))
    assert without.asks_who_helped("helped")

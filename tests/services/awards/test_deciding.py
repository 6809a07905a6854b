"""Who decides on a nomination, and that it is decided once."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.installation import give_awards
from bot.models import AwardDecision, AwardType, Person, Verdict
from bot.models.awards import Standing
from bot.services import awards, people
from tests.conftest import HOME, NOW, PersonBuilder
from tests.services.awards.builders import decide, hr, nominate


async def test_whoever_nominated_does_not_decide(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    await hr(session, await a_person("Hugo"))
    nomination_id = await nominate(session, hana, ana, award)
    with pytest.raises(NotAllowed, match="another HR admin decides"):
        await decide(session, hana, nomination_id)
    assert not (await awards.nomination(session, hana, nomination_id, now=NOW)).may_decide


async def test_what_one_nominated_oneself_does_not_wait_for_oneself(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    hugo = await hr(session, await a_person("Hugo"))
    await nominate(session, hana, ana, award)
    for admin, number in ((hana, 0), (hugo, 1)):
        assert await awards.waiting_for(session, admin) == number
        assert len((await awards.overview(session, admin, now=NOW)).waiting) == number
    assert (await awards.overview(session, hana, now=NOW)).mine


async def test_a_second_decision_names_who_decided_and_changes_nothing(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    hugo = await hr(session, await a_person("Hugo"))
    nomination_id = await nominate(session, ana, ben, award)
    await decide(session, hana, nomination_id)
    with pytest.raises(AlreadyDone, match="Hana has approved this nomination already"):
        await decide(session, hugo, nomination_id, verdict=Verdict.DECLINED, reason="No")
    seen = await awards.nomination(session, hugo, nomination_id, now=NOW)
    assert seen.standing == Standing.APPROVED


async def test_two_who_decide_in_the_same_moment_decide_once(database: Database) -> None:
    async with database.work(HOME) as session:
        await give_awards(session, now=NOW)
        rows = [Person(name=f"P{number}", slack_user_id=f"U{number}") for number in range(6)]
        session.add_all(rows)
        await session.flush()
        for person in rows[2:]:
            await hr(session, person)
        award = (await awards.TYPES.in_force(session))[0]
        nomination_id = await nominate(session, rows[0], rows[1], award)

    async def one(number: int) -> str:
        try:
            async with database.work(HOME) as session:
                await decide(session, await people.by_slack_id(session, f"U{number}"), nomination_id)
        except AlreadyDone as error:
            return error.sentence
        return "decided"

    said = await asyncio.gather(*(one(number) for number in range(2, 6)))
    assert sorted(sentence == "decided" for sentence in said) == [False, False, False, True]
    async with database.read(HOME) as session:
        assert await session.scalar(select(func.count(AwardDecision.id))) == 1


async def test_after_somebody_left_only_declining_is_left(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    nomination_id = await nominate(session, ana, ben, award)
    ben.deactivated_at = NOW
    with pytest.raises(Invalid, match="Ben is no longer with the company") as refused:
        await decide(session, hana, nomination_id)
    assert refused.value.field == "verdict"
    await decide(session, hana, nomination_id, verdict=Verdict.DECLINED, reason="They left")


async def test_declining_without_a_reason_asks_for_one(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    nomination_id = await nominate(session, ana, ben, award)
    with pytest.raises(Invalid) as refused:
        await decide(session, hana, nomination_id, verdict=Verdict.DECLINED)
    assert refused.value.field == "reason"
    with pytest.raises(Invalid) as refused:
        await decide(session, hana, nomination_id, verdict=None)
    assert refused.value.field == "verdict"
    with pytest.raises(Invalid) as refused:
        await decide(session, hana, nomination_id, budget_code="x" * 41)
    assert refused.value.field == "budget_code"


async def test_paid_is_noted_once_and_only_for_what_was_approved(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    nomination_id = await nominate(session, ana, ben, award)
    with pytest.raises(NotFound):
        await awards.mark_paid(session, hana, nomination_id, now=NOW)
    await decide(session, hana, nomination_id)
    with pytest.raises(NotAllowed):
        await awards.mark_paid(session, ana, nomination_id, now=NOW)
    await awards.mark_paid(session, hana, nomination_id, now=NOW)
    with pytest.raises(AlreadyDone):
        await awards.mark_paid(session, hana, nomination_id, now=NOW)

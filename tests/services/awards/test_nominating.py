"""Who may be nominated for what, and who learns of it."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.db.engine import WAIT_SECONDS
from bot.errors import Invalid, NotFound
from bot.installation import give_awards
from bot.models import AwardType, Nomination, Notification, Person, PersonKind, Verdict
from bot.models.awards import NewNomination
from bot.services import awards, people
from tests.conftest import HOME, NOW, OTHER, PersonBuilder
from tests.services.awards.builders import ACT, EFFECT, decide, hr, new, nominate, planned


async def refusal(session: AsyncSession, by: Person, asked: NewNomination) -> Invalid:
    with pytest.raises(Invalid) as refused:
        await awards.nominate(session, by, asked, now=NOW)
    assert await session.scalar(select(func.count(Nomination.id))) == 0
    return refused.value


async def test_hr_hears_that_something_waits_and_not_what(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    await nominate(session, ana, ben, award)
    rows = (await session.scalars(select(Notification))).all()
    assert [(row.kind, row.person_id, row.subject) for row in rows] == [("awards.waiting", hana.id, {})]


async def test_two_nominations_on_a_day_tell_hr_once(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    await nominate(session, ana, ben, award)
    await nominate(session, ben, ana, award)
    assert await planned(session) == [("awards.waiting", hana.id, None)]
    assert await awards.waiting_for(session, hana) == 2


async def test_nobody_nominates_themselves(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType
) -> None:
    refused = await refusal(session, ana, new(ana, award))
    assert (refused.field, "cannot nominate yourself" in refused.sentence) == ("who", True)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"kind": PersonKind.BOT}, "an app"),
        ({"kind": PersonKind.GUEST}, "a guest"),
        ({"deactivated_at": NOW}, "no longer active"),
    ],
)
async def test_apps_guests_and_leavers_are_named_in_the_refusal(
    session: AsyncSession,
    ana: Person,
    hana: Person,
    award: AwardType,
    a_person: PersonBuilder,
    values: dict[str, Any],
    word: str,
) -> None:
    refused = await refusal(session, ana, new(await a_person("Odd One", **values), award))
    assert refused.field == "who" and f"Odd One ({word})" in refused.sentence


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"act": "  "}, "act", "Say what they did"),
        ({"effect": ""}, "effect", "Say what it changed"),
        ({"act": "x" * 2001}, "act", "holds 2000 characters, and you wrote 2001"),
        ({"conflict": "x" * 501}, "conflict", "holds 500"),
        ({"evidence": "see the wiki"}, "evidence", "begins with https://"),
        ({"evidence": "javascript:alert(1)"}, "evidence", "not a link"),
        ({"value_id": 99}, "value", "retired meanwhile"),
    ],
)
async def test_what_cannot_be_used_is_said_under_its_field(
    session: AsyncSession,
    ana: Person,
    ben: Person,
    hana: Person,
    award: AwardType,
    changes: dict[str, Any],
    field: str,
    word: str,
) -> None:
    refused = await refusal(session, ana, new(ben, award, **changes))
    assert refused.field == field and word in refused.sentence


async def test_nobody_chosen_and_a_retired_award_are_said(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    assert (await refusal(session, ana, new(None, award))).sentence == "Choose whom you nominate."
    await awards.TYPES.retire(session, hana, award.id, now=NOW)
    refused = await refusal(session, ana, new(ben, award))
    assert refused.field == "award" and "“Spot award” has been retired meanwhile" in refused.sentence


async def test_the_same_nomination_twice_waits_once_and_is_welcome_again_after(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    first = await nominate(session, ana, ben, award)
    with pytest.raises(Invalid, match="waiting for a decision already") as refused:
        await nominate(session, ana, ben, award)
    assert refused.value.field == "award"
    await decide(session, hana, first)
    assert await nominate(session, ana, ben, award) != first


async def test_what_nobody_could_decide_on_is_not_taken(
    session: AsyncSession, ana: Person, award: AwardType, hana: Person, a_person: PersonBuilder
) -> None:
    refused = await refusal(session, hana, new(ana, award))
    assert refused.field == "who" and "Nobody could decide on it" in refused.sentence
    await refusal(session, ana, new(hana, award))
    boss = await a_person("Mia")
    hana.manager_id = boss.id
    await refusal(session, ana, new(boss, award))
    await hr(session, await a_person("Hugo"))
    assert await nominate(session, hana, ana, award)


@pytest.mark.parametrize("wait_seconds", [WAIT_SECONDS])
async def test_of_forty_at_once_each_pressed_twice_none_is_lost_and_none_doubled(database: Database) -> None:
    async with database.work(HOME) as session:
        await give_awards(session, now=NOW)
        rows = [Person(name=f"P{number}", slack_user_id=f"U{number}") for number in range(42)]
        session.add_all(rows)
        await session.flush()
        await hr(session, rows[0])
        award = (await awards.TYPES.in_force(session))[0]

    async def press(number: int) -> None:
        """Until it is answered: who waits too long is told so, with nothing saved, and presses again."""
        with suppress(Invalid):  # of the second press
            while True:
                with suppress(TimeoutError):
                    async with database.work(HOME) as session:
                        me = await people.by_slack_id(session, f"U{number}")
                        await awards.nominate(
                            session, me, NewNomination("U41", award.id, ACT, EFFECT), now=NOW
                        )
                    return

    await asyncio.gather(*(press(number) for number in range(1, 41) for _ in range(2)))
    async with database.read(HOME) as session:
        assert await session.scalar(select(func.count(Nomination.id))) == 40
    async with database.read(OTHER) as session:
        assert await session.scalar(select(func.count(Nomination.id))) == 0


async def test_a_nomination_is_its_nominators_and_hrs_and_nobody_elses(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    boss = await a_person("Mia")
    ben.manager_id = ana.manager_id = boss.id
    nomination_id = await nominate(session, ana, ben, award, conflict="We share a flat")
    for outsider in (ben, boss, await a_person("Pia")):
        with pytest.raises(NotFound):
            await awards.nomination(session, outsider, nomination_id, now=NOW)
        page = await awards.overview(session, outsider, now=NOW)
        assert not (page.waiting or page.mine or page.given or page.is_hr)
    own = await awards.nomination(session, ana, nomination_id, now=NOW)
    assert (own.act, own.conflict, own.may_decide) == (ACT, None, False)
    seen = await awards.nomination(session, hana, nomination_id, now=NOW)
    assert (seen.conflict, seen.may_decide) == ("We share a flat", True)


async def test_hr_never_learns_of_nominations_about_themselves_or_their_manager(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    boss, hugo = await a_person("Mia"), await hr(session, await a_person("Hugo"))
    hana.manager_id = boss.id
    ids = [await nominate(session, ana, one, award) for one in (hana, boss)]
    for nomination_id in ids:
        with pytest.raises(NotFound):
            await awards.nomination(session, hana, nomination_id, now=NOW)
        with pytest.raises(NotFound):
            await decide(session, hana, nomination_id)
    assert not (await awards.overview(session, hana, now=NOW)).waiting
    assert await awards.waiting_for(session, hana) == 0
    assert len((await awards.overview(session, hugo, now=NOW)).waiting) == 2
    assert ("awards.waiting", hana.id, None) not in await planned(session)


async def test_the_nominator_learns_the_outcome_but_not_the_budget(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    nomination_id = await nominate(session, ana, ben, award)
    await decide(session, hana, nomination_id, reason="Well earned")
    assert ("awards.decided", ana.id, None) in await planned(session)
    own = await awards.nomination(session, ana, nomination_id, now=NOW)
    assert own.decision and (own.decision.verdict, own.decision.reason) == (Verdict.APPROVED, "Well earned")
    assert own.decision.budget_code is None
    seen = (await awards.overview(session, hana, now=NOW)).approved[0]
    assert seen.decision and seen.decision.budget_code == "HR-7"

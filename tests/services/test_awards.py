"""The rules of awards, on both databases: who may nominate, decide and announce, and who learns of it when."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.db.engine import WAIT_SECONDS
from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.installation import give_awards
from bot.models import AwardDecision, AwardType, Nomination, Notice, Person, PersonKind, Verdict
from bot.models.awards import Standing, Wish
from bot.services import awards, kudos, people
from tests.conftest import HOME, NOW, OTHER, PersonBuilder, StatementCount

ACT, EFFECT = "Rebuilt the importer on a weekend.", "Two customers stayed."
TEXT = "Ben kept two customers with a weekend's work."


@pytest.fixture
async def ana(a_person: PersonBuilder) -> Person:
    return await a_person("Ana")


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben")


@pytest.fixture
async def hana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    return await hr(session, await a_person("Hana"))


async def hr(session: AsyncSession, person: Person) -> Person:
    await people.grant_hr(session, person, now=NOW)
    return person


@pytest.fixture
async def award(session: AsyncSession) -> AwardType:
    award = AwardType(name="Spot award", meaning=None, added_at=NOW)
    session.add(award)
    await session.flush()
    return award


def wish(nominee: Person | None, award: AwardType, **changes: Any) -> Wish:
    values: dict[str, Any] = {"act": ACT, "effect": EFFECT}
    return Wish(nominee.slack_user_id if nominee else None, award.id, **values | changes)


async def nominate(session: AsyncSession, by: Person, nominee: Person, award: AwardType, **other: Any) -> int:
    return await awards.nominate(session, by, wish(nominee, award, **other), now=NOW)


async def decide(session: AsyncSession, by: Person, nomination_id: int, **changes: Any) -> None:
    values: dict[str, Any] = {"verdict": Verdict.APPROVED, "reason": "", "budget_code": "HR-7"}
    await awards.decide(session, by, nomination_id, **values | changes, now=NOW)


async def draft(session: AsyncSession, by: Person, nomination_id: int, *channels: str, **changes: Any) -> int:
    values: dict[str, Any] = {"text": TEXT, "channels": channels, "due_at": None}
    return await awards.draft_announcement(session, by, nomination_id, **values | changes, now=NOW)


async def planned(session: AsyncSession) -> list[tuple[str, int, str | None]]:
    rows = await session.execute(
        select(Notice.kind, Notice.person_id, Notice.to_channel).order_by(Notice.due_at, Notice.id)
    )
    return [tuple(row) for row in rows]


async def refusal(session: AsyncSession, by: Person, asked: Wish) -> Invalid:
    with pytest.raises(Invalid) as refused:
        await awards.nominate(session, by, asked, now=NOW)
    assert await session.scalar(select(func.count(Nomination.id))) == 0
    return refused.value


# Nominating


async def test_hr_hears_that_something_waits_and_not_what(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    await nominate(session, ana, ben, award)
    rows = (await session.scalars(select(Notice))).all()
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
    refused = await refusal(session, ana, wish(ana, award))
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
    refused = await refusal(session, ana, wish(await a_person("Odd One", **values), award))
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
    refused = await refusal(session, ana, wish(ben, award, **changes))
    assert refused.field == field and word in refused.sentence


async def test_nobody_chosen_and_a_retired_award_are_said(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType
) -> None:
    assert (await refusal(session, ana, wish(None, award))).sentence == "Choose whom you nominate."
    await awards.retire_type(session, hana, award.id, now=NOW)
    refused = await refusal(session, ana, wish(ben, award))
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
    refused = await refusal(session, hana, wish(ana, award))
    assert refused.field == "who" and "Nobody could decide on it" in refused.sentence
    await refusal(session, ana, wish(hana, award))
    boss = await a_person("Mia")
    hana.manager_id = boss.id
    await refusal(session, ana, wish(boss, award))
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
        award = (await awards.types_in_force(session))[0]

    async def press(number: int) -> None:
        """Until it is answered: who waits too long is told so, with nothing saved, and presses again."""
        with suppress(Invalid):  # of the second press
            while True:
                with suppress(TimeoutError):
                    async with database.work(HOME) as session:
                        me = await people.by_slack_id(session, f"U{number}")
                        await awards.nominate(session, me, Wish("U41", award.id, ACT, EFFECT), now=NOW)
                    return

    await asyncio.gather(*(press(number) for number in range(1, 41) for _ in range(2)))
    async with database.read(HOME) as session:
        assert await session.scalar(select(func.count(Nomination.id))) == 40
    async with database.read(OTHER) as session:
        assert await session.scalar(select(func.count(Nomination.id))) == 0


# Confidential until decided


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


# Deciding


async def test_whoever_nominated_does_not_decide(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    await hr(session, await a_person("Hugo"))
    nomination_id = await nominate(session, hana, ana, award)
    with pytest.raises(NotAllowed, match="another HR admin decides"):
        await decide(session, hana, nomination_id)
    assert not (await awards.nomination(session, hana, nomination_id, now=NOW)).may_decide


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
        for one in rows[2:]:
            await hr(session, one)
        award = (await awards.types_in_force(session))[0]
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


# Announcing


@pytest.fixture
async def approved(session: AsyncSession, ana: Person, ben: Person, hana: Person, award: AwardType) -> int:
    nomination_id = await nominate(session, ana, ben, award)
    await decide(session, hana, nomination_id)
    return nomination_id


async def test_the_receiver_hears_it_before_any_channel(
    session: AsyncSession, ben: Person, hana: Person, approved: int
) -> None:
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1", "C2", "C1"), now=NOW)
    assert (await planned(session))[-3:] == [
        ("awards.received", ben.id, None),
        ("awards.posted", hana.id, "C1"),
        ("awards.posted", hana.id, "C2"),
    ]
    rows = (await session.scalars(select(Notice).where(Notice.kind.startswith("awards.")))).all()
    assert not any("customers" in f"{row.subject}{row.key}" for row in rows)


async def test_nobody_sees_the_award_before_its_hour(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, approved: int
) -> None:
    later = NOW + timedelta(days=2)
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1", due_at=later), now=NOW)
    assert not (await awards.overview(session, ben, now=NOW)).given
    assert (await awards.nomination(session, hana, approved, now=NOW)).standing == Standing.SCHEDULED
    given = (await awards.overview(session, ben, now=later)).given
    assert [(one.award, one.receiver.name, one.text) for one in given] == [("Spot award", "Ben", TEXT)]


async def test_it_is_announced_once_however_often_it_is_confirmed(
    session: AsyncSession, hana: Person, approved: int, a_person: PersonBuilder
) -> None:
    hugo = await hr(session, await a_person("Hugo"))
    own, other = (await draft(session, hana, approved, "C1"), await draft(session, hugo, approved, "C1"))
    await awards.confirm(session, hana, own, now=NOW)
    with pytest.raises(AlreadyDone, match="on its way already"):
        await awards.confirm(session, hana, own, now=NOW)
    with pytest.raises(AlreadyDone, match="Hana has announced this award already"):
        await awards.confirm(session, hugo, other, now=NOW)
    with pytest.raises(NotFound):
        await awards.confirm(session, hugo, own, now=NOW)
    assert [kind for kind, *_ in await planned(session)].count("awards.posted") == 1


async def test_withdrawn_before_it_went_it_is_said_to_nobody_and_can_be_announced_anew(
    session: AsyncSession, hana: Person, approved: int
) -> None:
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1", "C2"), now=NOW)
    await awards.withdraw(session, hana, approved, now=NOW)
    rows = (await session.scalars(select(Notice).where(Notice.key.startswith("awards.posted")))).all()
    assert {(row.state, row.reason) for row in rows} == {("skipped", "withdrawn")}
    with pytest.raises(AlreadyDone):
        await awards.withdraw(session, hana, approved, now=NOW)
    assert await awards.so_far(session, hana, approved) == (TEXT, ("C1", "C2"))
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1"), now=NOW)
    assert [kind for kind, *_ in await planned(session)].count("awards.posted") == 3


async def test_what_is_going_out_is_not_withdrawn(session: AsyncSession, hana: Person, approved: int) -> None:
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1"), now=NOW)
    told = (await session.scalars(select(Notice).where(Notice.kind == "awards.received"))).one()
    told.state = "sent"
    await session.flush()
    with pytest.raises(AlreadyDone, match="going out already"):
        await awards.withdraw(session, hana, approved, now=NOW)


async def test_the_announcement_begins_with_the_nominators_words(
    session: AsyncSession, hana: Person, approved: int
) -> None:
    assert await awards.so_far(session, hana, approved) == (f"{ACT}\n\n{EFFECT}", ())


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"text": " "}, "text", "what the award is for"),
        ({"text": "x" * 2001}, "text", "this one has 2001"),
        (
            {"channels": [f"C{number}" for number in range(11)]},
            "where",
            "10 channels at most, and you chose 11",
        ),
        ({"due_at": NOW - timedelta(minutes=1)}, "day", "has passed"),
        ({"due_at": NOW + timedelta(days=91)}, "day", "within 90 days"),
    ],
)
async def test_what_cannot_be_announced_is_said_under_its_field(
    session: AsyncSession, hana: Person, approved: int, changes: dict[str, Any], field: str, word: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await draft(session, hana, approved, **changes)
    assert refused.value.field == field and word in refused.value.sentence


async def test_who_wants_thanks_in_private_is_told_and_named_nowhere(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, approved: int
) -> None:
    waiting = await draft(session, hana, approved, "C1")
    await kudos.prefer_private(session, ben, person=ben, in_private=True, now=NOW)
    with pytest.raises(Invalid, match="asked to be thanked in private") as refused:
        await awards.confirm(session, hana, waiting, now=NOW)
    assert refused.value.field == "where"
    confirmed = await awards.confirm(session, hana, await draft(session, hana, approved), now=NOW)
    assert (await planned(session))[-1][0] == "awards.received"
    assert not (await awards.overview(session, ana, now=NOW)).given
    assert (await awards.overview(session, ben, now=NOW)).given
    assert (await awards.received(session, ben, confirmed.id)).award == "Spot award"
    with pytest.raises(NotFound):
        await awards.posted(session, confirmed.id)
    with pytest.raises(NotFound):
        await awards.received(session, ana, confirmed.id)


async def test_a_leavers_award_is_announced_no_more(
    session: AsyncSession, ben: Person, hana: Person, approved: int
) -> None:
    waiting = await draft(session, hana, approved, "C1")
    ben.deactivated_at = NOW
    with pytest.raises(Invalid, match="no longer with the company"):
        await awards.confirm(session, hana, waiting, now=NOW)


async def test_only_hr_announces_and_never_their_own_award(
    session: AsyncSession, ana: Person, hana: Person, approved: int, award: AwardType, a_person: PersonBuilder
) -> None:
    with pytest.raises(NotAllowed):
        await draft(session, ana, approved, "C1")
    hugo = await hr(session, await a_person("Hugo"))
    about_hana = await nominate(session, ana, hana, award)
    await decide(session, hugo, about_hana)
    with pytest.raises(NotFound):
        await draft(session, hana, about_hana, "C1")


async def test_a_preview_says_how_long_slack_takes(
    session: AsyncSession, hana: Person, approved: int
) -> None:
    seen = await awards.preview(session, hana, await draft(session, hana, approved, *"ABCD"))
    assert (seen.fastest, seen.slowest) == (timedelta(seconds=1), timedelta(seconds=5))
    assert (seen.award.text, seen.award.channels) == (TEXT, ("A", "B", "C", "D"))


# The list of awards


async def test_awards_ship_once_and_what_was_retired_stays_away(session: AsyncSession, hana: Person) -> None:
    await give_awards(session, now=NOW)
    names = [one.name for one in await awards.types_in_force(session)]
    assert len(names) == 8 and "Customer hero" in names
    for one in await awards.types_in_force(session):
        await awards.retire_type(session, hana, one.id, now=NOW)
    await give_awards(session, now=NOW)
    assert await awards.types_in_force(session) == []


async def test_a_renamed_award_takes_its_past_along(
    session: AsyncSession, hana: Person, award: AwardType, approved: int
) -> None:
    await awards.rename_type(session, hana, award.id, name="  On the  spot ", meaning="")
    assert (await awards.nomination(session, hana, approved, now=NOW)).award == "On the spot"


async def test_names_are_asked_for_short_and_free(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType
) -> None:
    for name in ("", "x" * 61, "spot AWARD"):
        with pytest.raises(Invalid) as refused:
            await awards.add_type(session, hana, name=name, meaning="", now=NOW)
        assert refused.value.field == "name"
    with pytest.raises(NotAllowed, match="Only HR admins"):
        await awards.add_type(session, ana, name="Mine", meaning="", now=NOW)
    await awards.retire_type(session, hana, award.id, now=NOW)
    with pytest.raises(AlreadyDone):
        await awards.retire_type(session, hana, award.id, now=NOW)
    assert (await awards.add_type(session, hana, name="Spot award", meaning="", now=NOW)).id != award.id


async def test_a_full_page_costs_no_more_queries_than_a_short_one(
    session: AsyncSession,
    hana: Person,
    award: AwardType,
    a_person: PersonBuilder,
    statements: Callable[[], StatementCount],
) -> None:
    crowd = [await a_person(f"P{number}", email=f"p{number}@example.com") for number in range(12)]
    await nominate(session, crowd[0], crowd[1], award)
    with statements() as short:
        await awards.overview(session, hana, now=NOW)
    for giver, receiver in pairwise(crowd[1:]):
        await nominate(session, giver, receiver, award)
    with statements() as full:
        page = await awards.overview(session, hana, now=NOW)
    assert full.total <= short.total + 1  # names of values
    assert (len(page.waiting), page.more_waiting) == (8, 3)

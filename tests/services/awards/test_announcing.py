"""The receiver hears it first, and a channel once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.models import AwardType, Notification, NotificationState, Person, Verdict
from bot.models.awards import Standing
from bot.services import awards, kudos
from tests.conftest import NOW, PersonBuilder
from tests.services.awards.builders import ACT, EFFECT, decide, hr, nominate, planned

TEXT = "Ben kept two customers with a weekend's work."


async def draft(session: AsyncSession, by: Person, nomination_id: int, *channels: str, **changes: Any) -> int:
    values: dict[str, Any] = {"text": TEXT, "channels": channels, "due_at": None}
    return await awards.draft_announcement(session, by, nomination_id, **values | changes, now=NOW)


async def test_the_receiver_hears_it_before_any_channel(
    session: AsyncSession, ben: Person, hana: Person, approved: int
) -> None:
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1", "C2", "C1"), now=NOW)
    assert (await planned(session))[-3:] == [
        ("awards.received", ben.id, None),
        ("awards.posted", hana.id, "C1"),
        ("awards.posted", hana.id, "C2"),
    ]
    rows = (await session.scalars(select(Notification).where(Notification.kind.startswith("awards.")))).all()
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
    rows = (
        await session.scalars(select(Notification).where(Notification.key.startswith("awards.posted")))
    ).all()
    assert {(row.state, row.reason) for row in rows} == {("skipped", "withdrawn")}
    with pytest.raises(AlreadyDone):
        await awards.withdraw(session, hana, approved, now=NOW)
    assert await awards.so_far(session, hana, approved) == (TEXT, ("C1", "C2"))
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1"), now=NOW)
    assert [kind for kind, *_ in await planned(session)].count("awards.posted") == 3


async def test_what_is_going_out_is_not_withdrawn(session: AsyncSession, hana: Person, approved: int) -> None:
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1"), now=NOW)
    told = (await session.scalars(select(Notification).where(Notification.kind == "awards.received"))).one()
    told.state = NotificationState.SENT
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


async def test_an_award_nobody_was_left_to_hear_of_is_given_nowhere(
    session: AsyncSession, ana: Person, ben: Person, hana: Person, approved: int
) -> None:
    due = NOW + timedelta(days=2)
    await awards.confirm(session, hana, await draft(session, hana, approved, "C1", due_at=due), now=NOW)
    ben.deactivated_at = due - timedelta(hours=1)
    for at in (ben.deactivated_at, due):
        assert not (await awards.overview(session, ana, now=at)).given
        assert (await awards.nomination(session, ana, approved, now=at)).standing == Standing.LEFT
    ben.deactivated_at = due + timedelta(hours=1)
    assert (await awards.overview(session, ana, now=ben.deactivated_at)).given
    assert (await awards.nomination(session, ana, approved, now=due)).standing == Standing.ANNOUNCED


async def test_leavers_do_not_hide_whose_award_can_still_be_announced(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    crowd = [await a_person(f"P{number}", email=f"p{number}@example.com") for number in range(7)]
    for one in crowd:
        await decide(session, hana, await nominate(session, ana, one, award))
    for one in crowd[:6]:
        one.deactivated_at = NOW
    page = await awards.overview(session, hana, now=NOW)
    assert [one.nominee.name for one in page.approved] == ["P6"]
    assert {one.standing for one in page.decided} == {Standing.LEFT}


async def test_what_hr_has_still_to_pay_or_may_withdraw_is_not_pushed_off_the_page_by_later_decisions(
    session: AsyncSession, ana: Person, hana: Person, award: AwardType, a_person: PersonBuilder
) -> None:
    crowd = [await a_person(f"P{number}", email=f"p{number}@example.com") for number in range(8)]
    unpaid, scheduled, *later = [await nominate(session, ana, one, award) for one in crowd]
    for nomination_id, due_at, code in ((unpaid, None, "HR-7"), (scheduled, NOW + timedelta(days=60), "")):
        await decide(session, hana, nomination_id, budget_code=code)
        announcement_id = await draft(session, hana, nomination_id, due_at=due_at)
        await awards.confirm(session, hana, announcement_id, now=NOW)
    for nomination_id in later:
        await awards.decide(
            session,
            hana,
            nomination_id,
            verdict=Verdict.DECLINED,
            reason="Not yet",
            budget_code="HR-8",
            now=NOW + timedelta(hours=1),
        )
    page = await awards.overview(session, hana, now=NOW + timedelta(hours=2))
    assert {one.nomination_id for one in page.decided[:2]} == {unpaid, scheduled}
    await awards.mark_paid(session, hana, unpaid, now=NOW)
    page = await awards.overview(session, hana, now=NOW + timedelta(hours=2))
    assert unpaid not in [one.nomination_id for one in page.decided]


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

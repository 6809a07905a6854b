"""The rules of kudos, on both databases: what is refused and how, who is told, what the record keeps."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.db.engine import WAIT_SECONDS
from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.installation import give_values
from bot.models import (
    CompanyValue,
    Kudos,
    KudosEntry,
    KudosEvent,
    KudosReceiver,
    Notice,
    NoticeState,
    Person,
    PersonKind,
)
from bot.models.kudos import Thanks
from bot.services import inbox, kudos, notices, people
from tests.conftest import HOME, NOW, PersonBuilder, StatementCount

TEXT = "Found the leak in the importer before a customer did."


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben")


@pytest.fixture
async def ana(a_person: PersonBuilder) -> Person:
    return await a_person("Ana")


@pytest.fixture
async def hana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    return hana


async def give(session: AsyncSession, giver: Person, *receivers: Person, **changes: Any) -> int:
    now = changes.pop("now", NOW)
    values: dict[str, Any] = {"text": TEXT, "channel": "C0THANKS"}
    ids = tuple(one.slack_user_id or "" for one in receivers)
    return await kudos.give(session, giver, Thanks(ids, **values | changes), now=now)


async def planned(session: AsyncSession) -> list[tuple[str, int, str | None]]:
    rows = await session.execute(select(Notice.kind, Notice.person_id, Notice.to_channel).order_by(Notice.id))
    return [tuple(row) for row in rows]


async def refusal(session: AsyncSession, giver: Person, *receivers: Person, **changes: Any) -> Invalid:
    with pytest.raises(Invalid) as refused:
        await give(session, giver, *receivers, **changes)
    assert await session.scalar(select(func.count(Kudos.id))) == 0
    return refused.value


async def test_the_channel_and_each_receiver_are_told_by_ids_alone(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    await give(session, ana, ben, hana)
    assert await planned(session) == [
        ("kudos.posted", ana.id, "C0THANKS"),
        ("kudos.received", ben.id, None),
        ("kudos.received", hana.id, None),
    ]
    rows = await session.scalars(select(Notice))
    assert not any("importer" in f"{row.subject}{row.key}" for row in rows)


async def test_private_thanks_are_told_to_nobody_but_the_receiver(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await give(session, ana, ben, channel=None)
    assert await planned(session) == [("kudos.received", ben.id, None)]


async def test_where_everybody_wants_it_in_private_no_channel_hears_of_it(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await kudos.prefer_private(session, ben, person=ben, in_private=True, now=NOW)
    await give(session, ana, ben)
    assert await planned(session) == [("kudos.received", ben.id, None)]
    await kudos.prefer_private(session, ben, person=ben, in_private=False, now=NOW)
    await give(session, ana, ben, text=f"{TEXT} Twice.")
    assert (await planned(session))[1][0] == "kudos.posted"


async def test_nobody_chooses_for_others_how_they_are_thanked(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    with pytest.raises(NotAllowed):
        await kudos.prefer_private(session, ana, person=ben, in_private=True, now=NOW)


# What is refused, and the field it is said under


async def test_one_cannot_thank_oneself(session: AsyncSession, ana: Person, ben: Person) -> None:
    refused = await refusal(session, ana, ben, ana)
    assert (refused.field, "cannot thank yourself" in refused.sentence) == ("who", True)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"kind": PersonKind.BOT}, "an app"),
        ({"kind": PersonKind.GUEST}, "a guest"),
        ({"deactivated_at": NOW}, "no longer active"),
    ],
)
async def test_apps_guests_and_leavers_are_named_in_the_refusal(
    session: AsyncSession, ana: Person, a_person: PersonBuilder, values: dict[str, Any], word: str
) -> None:
    refused = await refusal(session, ana, await a_person("Odd One", **values))
    assert refused.field == "who" and f"Odd One ({word})" in refused.sentence


async def test_whoever_slack_has_not_introduced_is_refused(session: AsyncSession, ana: Person) -> None:
    refused = await refusal(session, ana, Person(slack_user_id="U0NOBODY"))
    assert "somebody I do not know yet" in refused.sentence


async def test_two_hundred_people_are_too_many(session: AsyncSession, ana: Person) -> None:
    crowd = [Person(slack_user_id=f"U{number}") for number in range(200)]
    refused = await refusal(session, ana, *crowd)
    assert refused.field == "who" and "10 people at most, and this one to 200" in refused.sentence


async def test_nobody_and_nothing_are_asked_for(session: AsyncSession, ana: Person, ben: Person) -> None:
    assert (await refusal(session, ana)).sentence == "Choose whom you thank."
    refused = await refusal(session, ana, ben, text="   ")
    assert (refused.field, "one sentence is enough" in refused.sentence) == ("text", True)


async def test_a_text_that_is_too_long_says_by_how_much(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    assert "this one has 2001" in (await refusal(session, ana, ben, text="x" * 2001)).sentence


async def test_a_value_retired_meanwhile_is_named(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.add_value(session, hana, name="Speed", meaning="", now=NOW)
    await kudos.retire_value(session, hana, value.id, now=NOW)
    refused = await refusal(session, ana, ben, value_id=value.id)
    assert refused.field == "value" and "“Speed” has been retired meanwhile" in refused.sentence


async def test_the_same_words_within_a_minute_are_a_slip(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await give(session, ana, ben)
    with pytest.raises(Invalid, match="You thanked Ben in these words a moment ago"):
        await give(session, ana, ben, now=NOW + timedelta(seconds=59))
    assert await give(session, ana, ben, now=NOW + timedelta(seconds=61))


async def test_what_was_undone_may_be_said_again_at_once(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await kudos.take_back(session, ana, await give(session, ana, ben), now=NOW)
    assert await give(session, ana, ben)


async def test_a_guest_thanks_nobody(session: AsyncSession, ben: Person, a_person: PersonBuilder) -> None:
    with pytest.raises(NotAllowed, match="active colleagues"):
        await give(session, await a_person("Gus", kind=PersonKind.GUEST), ben)


# Taking back


@pytest.mark.parametrize(
    ("minutes", "event"), [(0, KudosEvent.UNDONE), (10, KudosEvent.UNDONE), (11, KudosEvent.WITHDRAWN)]
)
async def test_the_record_only_grows(
    session: AsyncSession, ana: Person, ben: Person, minutes: int, event: KudosEvent
) -> None:
    kudos_id = await give(session, ana, ben)
    await kudos.take_back(session, ana, kudos_id, now=NOW + timedelta(minutes=minutes))
    entries = (await session.scalars(select(KudosEntry).order_by(KudosEntry.id))).all()
    assert [(one.event, one.by_id) for one in entries] == [(KudosEvent.GIVEN, ana.id), (event, ana.id)]
    assert await session.scalar(select(func.count(KudosReceiver.id))) == 1
    with pytest.raises(AlreadyDone):
        await kudos.take_back(session, ana, kudos_id, now=NOW)


async def test_what_was_not_sent_yet_is_cancelled_and_what_stands_is_updated(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    kudos_id = await give(session, ana, ben)
    (post,) = await notices.claim(session, now=NOW, lease=timedelta(minutes=1), limit=1)
    await kudos.take_back(session, ana, kudos_id, now=NOW)
    rows = {
        row.kind: row
        for row in await session.scalars(select(Notice).execution_options(populate_existing=True))
    }
    assert rows["kudos.received"].state == NoticeState.SKIPPED
    assert rows["kudos.posted"].update_due_at == NOW, "on its way: to be updated once it stands"
    await notices.mark_sent(session, post, channel="C0THANKS", ts="1.0", now=NOW)
    assert (await notices.untrue(session, now=NOW)) is not None


async def test_only_the_giver_takes_back_and_only_hr_removes_with_a_reason(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    kudos_id = await give(session, ana, ben)
    with pytest.raises(NotAllowed):
        await kudos.take_back(session, ben, kudos_id, now=NOW)
    with pytest.raises(NotAllowed):
        await kudos.remove(session, ben, kudos_id, reason="I am shy", now=NOW)
    with pytest.raises(Invalid) as refused:
        await kudos.remove(session, hana, kudos_id, reason=" ", now=NOW)
    assert refused.value.field == "reason"
    await kudos.remove(session, hana, kudos_id, reason="Names a customer", now=NOW)
    entry = (await session.scalars(select(KudosEntry).where(KudosEntry.event == "removed"))).one()
    assert (entry.by_id, entry.reason) == (hana.id, "Names a customer")
    assert (await planned(session))[-1] == ("kudos.removed", ana.id, None)


async def test_hr_neither_reads_nor_removes_what_is_private(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    kudos_id = await give(session, ana, ben, channel=None)
    with pytest.raises(NotFound):
        await kudos.read(session, hana, kudos_id)
    with pytest.raises(NotAllowed):
        await kudos.remove(session, hana, kudos_id, reason="?", now=NOW)


# Values


async def test_a_workspace_starts_with_the_shipped_values_and_what_hr_retired_stays_away(
    session: AsyncSession, hana: Person
) -> None:
    await give_values(session, now=NOW)
    before = await kudos.values_in_force(session)
    await kudos.retire_value(session, hana, before[0].id, now=NOW)
    await give_values(session, now=NOW)
    assert len(await kudos.values_in_force(session)) == len(before) - 1


async def test_a_renamed_value_keeps_its_past_and_answers_to_its_old_name(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.add_value(session, hana, name="Own it", meaning="", now=NOW)
    kudos_id = await give(session, ana, ben, value_id=value.id)
    await kudos.rename_value(session, hana, value.id, name="Ownership", meaning="", now=NOW)
    assert (await kudos.read(session, ben, kudos_id)).value == "Ownership"
    for word in ("own-it", "OwnIt", "ownership"):
        assert await kudos.value_called(session, word) is value
    assert await kudos.value_called(session, "owner") is None


async def test_retired_values_keep_what_was_given_for_them(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.add_value(session, hana, name="Speed", meaning="", now=NOW)
    kudos_id = await give(session, ana, ben, value_id=value.id)
    await kudos.retire_value(session, hana, value.id, now=NOW)
    assert (await kudos.read(session, ben, kudos_id)).value == "Speed"
    assert await kudos.add_value(session, hana, name="Speed", meaning="", now=NOW)


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
    await kudos.add_value(session, hana, name="Craft", meaning="", now=NOW)
    with pytest.raises(Invalid) as refused:
        await kudos.add_value(session, hana, name=name, meaning=meaning, now=NOW)
    assert refused.value.field == field


async def test_only_hr_changes_the_values(session: AsyncSession, ana: Person) -> None:
    with pytest.raises(NotAllowed):
        await kudos.add_value(session, ana, name="Speed", meaning="", now=NOW)
    assert await session.scalar(select(func.count(CompanyValue.id))) == 0


# One's own


async def test_ones_own_list_counts_by_month_and_value_and_forgets_what_was_taken_back(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.add_value(session, hana, name="Craft", meaning="", now=NOW)
    await give(session, ana, ben, value_id=value.id)
    await give(session, ben, ana, text=f"{TEXT} October.", now=NOW - timedelta(days=30))
    await kudos.take_back(session, ana, await give(session, ana, ben, text="Undone"), now=NOW)
    mine = await kudos.mine(session, ana, now=NOW)
    assert [(one.month, one.value, one.given, one.received) for one in mine.counts] == [
        ("2026-11", "Craft", 1, 0),
        ("2026-10", None, 0, 1),
    ]
    assert [one.text for one in mine.given] == [TEXT]


async def test_a_long_list_costs_no_more_statements_than_a_short_one(
    session: AsyncSession, ana: Person, ben: Person, statements: Callable[[], StatementCount]
) -> None:
    costs = []
    for number in range(12):
        await give(session, ana, ben, text=f"{TEXT} {number}")
        if number in (0, 11):
            with statements() as count:
                mine = await kudos.mine(session, ana, now=NOW)
            costs.append(count.total)
    assert costs[0] == costs[1] and len(mine.given) == 5


async def test_everything_ever_given_or_received_is_reached_page_by_page(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    for number in range(18):
        await give(session, ana, ben, text=f"{TEXT} {number}", channel=None)
    for person, received in ((ana, False), (ben, True)):
        mine = await kudos.mine(session, person, now=NOW)
        shown = list(mine.received if received else mine.given)
        more = mine.more_received if received else mine.more_given
        while more:
            page = await kudos.older(session, person, received=received, before=shown[-1].kudos_id)
            shown, more = [*shown, *page.kudos], page.more
        assert [one.text for one in shown] == [f"{TEXT} {number}" for number in reversed(range(18))]


async def test_an_emoji_of_the_giver_or_the_thanked_is_no_me_too(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    kudos_id = await give(session, ana, ben)
    for person in (ana, ben, hana):
        await kudos.react(session, person.slack_user_id or "", kudos_id, emoji="tada", on=True)
    assert (await kudos.read(session, ana, kudos_id)).echoes == 1


async def test_a_wish_pressed_twice_at_once_is_one_wish(database: Database) -> None:
    async with database.work(HOME) as session:
        session.add(Person(slack_user_id="UBEN", name="Ben", timezone="UTC"))

    async def press() -> None:
        async with database.work(HOME) as session:
            ben = await people.by_slack_id(session, "UBEN")
            await kudos.prefer_private(session, ben, person=ben, in_private=True, now=NOW)

    await asyncio.gather(press(), press(), press())
    async with database.read(HOME) as session:
        assert await kudos.prefers_private(session, await people.by_slack_id(session, "UBEN"))


# Many at once


@pytest.mark.parametrize("wait_seconds", [WAIT_SECONDS])
async def test_of_two_hundred_at_once_each_pressed_twice_none_is_lost_and_none_doubled(
    database: Database,
) -> None:
    async with database.work(HOME) as session:
        session.add_all(
            Person(slack_user_id=f"U{number}", name=f"Person {number}", timezone="UTC")
            for number in range(20)
        )

    async def press(number: int) -> None:
        """Until it is answered: who waits too long is told so, with nothing saved, and presses again."""
        thanks = Thanks((f"U{(number + 1) % 20}",), f"{TEXT} {number}", channel="C0THANKS")
        with suppress(AlreadyDone):
            while True:
                with suppress(TimeoutError):
                    async with database.work(HOME) as session:
                        await inbox.accept(session, f"press {number}", now=NOW)
                        me = await people.by_slack_id(session, f"U{number % 20}")
                        await kudos.give(session, me, thanks, now=NOW)
                    return

    await asyncio.gather(*(press(number) for number in range(200) for _ in range(2)))
    async with database.read(HOME) as session:
        texts = (await session.scalars(select(Kudos.text))).all()
        posts = await session.scalar(select(func.count(Notice.id)).where(Notice.kind == "kudos.posted"))
    assert sorted(texts) == sorted(f"{TEXT} {number}" for number in range(200))
    assert posts == 200


async def test_two_windows_with_the_same_words_make_one(database: Database) -> None:
    async with database.work(HOME) as session:
        session.add_all(Person(slack_user_id=one, name=one, timezone="UTC") for one in ("UANA", "UBEN"))

    async def send() -> bool:
        try:
            async with database.work(HOME) as session:
                me = await people.by_slack_id(session, "UANA")
                await kudos.give(session, me, Thanks(("UBEN",), TEXT), now=NOW)
        except Invalid:
            return False
        return True

    assert sorted(await asyncio.gather(send(), send())) == [False, True]

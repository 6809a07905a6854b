"""Thanks are told by ids alone, to whom they concern, once however often they are sent."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.db.engine import WAIT_SECONDS
from bot.errors import AlreadyDone, Invalid, NotAllowed
from bot.models import Kudos, Notification, Person
from bot.models.kudos import Thanks
from bot.services import inbox, kudos, people
from tests.conftest import HOME, NOW
from tests.services.kudos.builders import TEXT, give, planned


async def test_the_channel_and_each_receiver_are_told_by_ids_alone(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    await give(session, ana, ben, hana)
    assert await planned(session) == [
        ("kudos.posted", ana.id, "C0THANKS"),
        ("kudos.received", ben.id, None),
        ("kudos.received", hana.id, None),
    ]
    rows = await session.scalars(select(Notification))
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
        posts = await session.scalar(
            select(func.count(Notification.id)).where(Notification.kind == "kudos.posted")
        )
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

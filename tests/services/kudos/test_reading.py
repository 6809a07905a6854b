"""One's own list, reactions and wishes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.models import Person
from bot.services import kudos, people
from tests.conftest import HOME, NOW, StatementCount
from tests.services.kudos.builders import TEXT, give


async def test_ones_own_list_counts_by_month_and_value_and_forgets_what_was_taken_back(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    value = await kudos.VALUES.add(session, hana, name="Craft", meaning="", now=NOW)
    await give(session, ana, ben, value_id=value.id)
    await give(session, ben, ana, text=f"{TEXT} October.", now=NOW - timedelta(days=30))
    await kudos.take_back(session, ana, await give(session, ana, ben, text="Undone"), now=NOW)
    mine = await kudos.mine(session, ana, now=NOW)
    assert [(one.month, one.value, one.given, one.received) for one in mine.counts] == [
        (date(2026, 11, 1), "Craft", 1, 0),
        (date(2026, 10, 1), None, 0, 1),
    ]
    assert [one.text for one in mine.given.items] == [TEXT]


async def test_ones_own_numbers_are_of_twelve_whole_months_where_one_lives_and_in_private_too(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    ana.timezone = "Pacific/Auckland"  # thirteen hours ahead: December begins at eleven there
    december = datetime(2025, 11, 30, 11, tzinfo=UTC)
    for when in (december - timedelta(seconds=1), december, NOW):
        await give(session, ana, ben, text=f"{TEXT} {when}", channel=None, now=when)
    counts = await kudos.counts(session, ana, now=NOW)
    assert [(one.month, one.given) for one in counts] == [(date(2026, 11, 1), 1), (date(2025, 12, 1), 1)]
    assert [one.received for one in await kudos.counts(session, ben, now=NOW)] == [
        1
    ]  # Lisbon: still November


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
    assert costs[0] == costs[1] and len(mine.given.items) == 5


async def test_everything_ever_given_or_received_is_reached_page_by_page(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    for number in range(18):
        await give(session, ana, ben, text=f"{TEXT} {number}", channel=None)
    for person, received in ((ana, False), (ben, True)):
        mine = await kudos.mine(session, person, now=NOW)
        page = mine.received if received else mine.given
        shown = list(page.items)
        while page.after:
            page = await kudos.older(session, person, received=received, after=page.after)
            shown += page.items
        assert [one.text for one in shown] == [f"{TEXT} {number}" for number in reversed(range(18))]


async def test_an_emoji_of_the_giver_or_the_thanked_is_no_me_too(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    kudos_id = await give(session, ana, ben)
    for person in (ana, ben, hana):
        await kudos.react(session, person.slack_user_id or "", kudos_id, emoji="tada", added=True)
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

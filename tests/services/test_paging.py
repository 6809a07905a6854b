"""A list is read page by page: nothing twice, nothing left out, and never more than a page."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Kudos, KudosAudience, Person
from bot.models.paging import Page
from bot.services.paging import page_of
from tests.conftest import NOW, StatementCount

ORDER = (Kudos.given_at, Kudos.id)


async def some(session: AsyncSession, giver: Person, number: int) -> list[int]:
    """Ids, newest first: three of each moment."""
    rows = [
        Kudos(
            giver_id=giver.id,
            text="Thanks",
            audience=KudosAudience.RECEIVERS,
            given_at=NOW - timedelta(hours=index // 3),
        )
        for index in range(number)
    ]
    session.add_all(rows)
    await session.flush()
    return [one.id for one in sorted(rows, key=lambda one: (one.given_at, one.id), reverse=True)]


async def a_page(
    session: AsyncSession, statement: Select[int], *, after: int | None = None, size: int = 4
) -> Page[Row[int]]:
    return await page_of(session, statement, newest_first=ORDER, after=after, size=size)


async def test_page_by_page_everything_is_reached_once(session: AsyncSession, ana: Person) -> None:
    expected = await some(session, ana, 10)
    page = await a_page(session, select(Kudos.id))
    shown = list(page.items)
    while page.after:
        page = await a_page(session, select(Kudos.id), after=page.after)
        assert 0 < len(page.items) <= 4
        shown += page.items
    assert [kudos_id for (kudos_id,) in shown] == expected


async def test_a_page_that_holds_the_last_row_names_no_next_one(session: AsyncSession, ana: Person) -> None:
    ids = await some(session, ana, 4)
    assert (await a_page(session, select(Kudos.id), size=4)).after is None
    assert (await a_page(session, select(Kudos.id), size=3)).after == ids[2]


async def test_an_entity_stands_for_its_id(session: AsyncSession, ana: Person) -> None:
    ids = await some(session, ana, 3)
    page = await page_of(session, select(Kudos, Person).join(Person), newest_first=ORDER, after=None, size=2)
    assert page.after == ids[1]
    assert page.with_items(kudos.id for kudos, _ in page.items) == Page(tuple(ids[:2]), ids[1])


async def test_what_came_since_moves_no_page(session: AsyncSession, ana: Person) -> None:
    ids = await some(session, ana, 6)
    first = await a_page(session, select(Kudos.id))
    newer = NOW + timedelta(hours=1)
    session.add(Kudos(giver_id=ana.id, text="!", audience=KudosAudience.RECEIVERS, given_at=newer))
    await session.flush()
    rest = await a_page(session, select(Kudos.id), after=first.after)
    assert [kudos_id for (kudos_id,) in rest.items] == ids[4:]


async def test_a_row_that_is_no_more_ends_the_list_in_one_query(
    session: AsyncSession, ana: Person, statements: Callable[[], StatementCount]
) -> None:
    await some(session, ana, 3)
    with statements() as count:
        assert await a_page(session, select(Kudos.id), after=99_999) == Page()
    assert count.total == 1

"""What is told about groups: nothing from which a number about fewer than five people follows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotAllowed
from bot.models import Department, Notification, Person
from bot.models.groups import Group
from bot.models.kudos import Thanks
from bot.services import kudos, people
from bot.services.groups import THRESHOLD, published
from bot.services.kudos.figures import Pair, summed_up
from tests.conftest import NOW, PersonBuilder
from tests.services.kudos.builders import TEXT


@st.composite
def companies(draw: st.DrawFn) -> list[Group]:
    sizes = draw(st.lists(st.integers(0, 12), max_size=9))
    return [
        Group(f"team {place}", size, (draw(st.integers(0, size)), draw(st.integers(0, size))))
        for place, size in enumerate(sizes)
    ]


def solved(groups: Sequence[Group], question: int) -> list[str]:
    """Groups whose number follows from what is published, for whoever knows every group's size."""
    table = published(groups)
    shown = {one.name for one in table.groups}
    hidden = [one for one in groups if one.name not in shown]
    total = table.total(question)
    known = table.others.counts[question] if table.others else None
    if known is None and total is not None:
        known = total - sum(one.counts[question] or 0 for one in table.groups)
    most = sum(one.people for one in hidden)
    found = list(shown)
    for one in hidden:
        lowest = 0 if known is None else max(0, known - (most - one.people))
        highest = one.people if known is None else min(one.people, known)
        if lowest == highest:
            found.append(one.name)
    return found


@given(companies())
@example([Group("a", 3, (0, 3)), Group("b", 3, (0, 3)), Group("c", 20, (5, 5))])
@example([Group("a", 4, (4, 0)), Group("b", 12, (12, 1))])
@example([Group("a", 1, (1, 1)), Group("b", 4, (0, 2)), Group("c", 5, (5, 5))])
def test_no_published_table_lets_a_group_under_five_be_solved_for(groups: list[Group]) -> None:
    small = {one.name for one in groups if 0 < one.people < THRESHOLD}
    for question in (0, 1):
        assert not small & set(solved(groups, question))


@given(companies(), st.data())
def test_the_shape_of_the_table_tells_nothing_of_the_numbers(
    groups: list[Group], data: st.DataObject
) -> None:
    other = [
        Group(one.name, one.people, tuple(data.draw(st.integers(0, one.people)) for _ in one.counts))
        for one in groups
    ]
    rows = [[one.name for one in published(some).groups] for some in (groups, other)]
    assert rows[0] == rows[1]


def test_large_departments_are_told_apart_and_small_ones_together() -> None:
    table = published([Group("big", 20, (7,)), Group("tiny", 2, (1,)), Group("small", 4, (2,))])
    assert [one.name for one in table.groups] == ["big"]
    assert table.others == Group("others", 6, (3,)) and table.total(0) == 10


def test_one_small_department_hides_with_the_next_larger_one() -> None:
    table = published([Group("big", 20, (7,)), Group("mid", 6, (2,)), Group("tiny", 2, (1,))])
    assert [one.name for one in table.groups] == ["big"] and table.others == Group("others", 8, (3,))


def test_what_everybody_in_the_rest_did_is_not_told_and_neither_is_the_total() -> None:
    table = published([Group("big", 20, (7,)), Group("tiny", 2, (0,)), Group("small", 4, (0,))])
    assert table.others == Group("others", 6, (None,)) and table.total(0) is None


def test_shares_are_of_pairs_and_values_of_people() -> None:
    teams = {number: "A" if number < 10 else "B" for number in range(20)}
    pairs = [Pair(number, (number + 1) % 20, "Craft" if number < 6 else "Rare") for number in range(10)]
    pairs.append(Pair(1, 0, None))
    figures = summed_up(teams, pairs)
    assert (figures.givers, figures.thanked) == (10, 11)
    assert (figures.answered, figures.across) == (10, 10)
    assert (figures.values, figures.uncounted) == ([("Craft", 6)], ["Rare"])


async def give(
    session: AsyncSession, giver: Person, receiver: Person, *, at: datetime, **changes: object
) -> int:
    words = f"{TEXT} {at:%c} {giver.id}"
    thanks = Thanks((receiver.slack_user_id or "",), words, **{"channel": "C1", **changes})  # type: ignore[arg-type]
    return await kudos.give(session, giver, thanks, now=at)


async def test_figures_are_hrs_and_count_only_what_stands_in_public(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    makers = Department(name="Makers", path="Makers")
    session.add(makers)
    await session.flush()
    staff = [await a_person(f"P{number} Staff", department_id=makers.id) for number in range(12)]
    for number in range(6):
        await give(session, staff[number], staff[number + 1], at=NOW - timedelta(days=number))
    await give(session, staff[8], staff[9], at=NOW, channel=None)
    await give(session, staff[9], staff[8], at=NOW, closed=True)
    await kudos.take_back(session, staff[10], await give(session, staff[10], staff[11], at=NOW), now=NOW)
    await give(session, staff[11], staff[10], at=NOW - timedelta(days=91))
    with pytest.raises(NotAllowed):
        await kudos.figures(session, staff[0], now=NOW)
    await people.grant_hr(session, staff[0], now=NOW)
    figures = await kudos.figures(session, staff[0], now=NOW)
    assert (figures.people, figures.givers, figures.thanked) == (12, 6, 6)
    assert figures.teams.groups == (Group("Makers", 12, (6, 6)),)


# For managers


async def test_managers_hear_of_those_nobody_thanked_for_sixty_days(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    boss = await a_person("Boss")
    ana, ben, cem, dee = [await a_person(name, manager=boss) for name in ("Ana", "Ben", "Cem", "Dee")]
    new = await a_person("New", manager=boss, start_date=NOW.date() - timedelta(days=30))
    await give(session, boss, ana, at=NOW - timedelta(days=61))
    assert [one.name for one in await kudos.unthanked(session, boss, now=NOW)] == ["Ana", "Ben", "Cem", "Dee"]
    await give(session, new, ben, at=NOW - timedelta(days=59))
    await give(session, new, cem, at=NOW, channel=None)
    await kudos.prefer_private(session, dee, person=dee, in_private=True, now=NOW)
    assert [one.name for one in await kudos.unthanked(session, boss, now=NOW)] == ["Ana", "Cem"]


async def test_while_kudos_are_new_here_nobody_counts_as_forgotten(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    boss = await a_person("Boss")
    ana, ben = await a_person("Ana", manager=boss), await a_person("Ben", manager=boss)
    await give(session, ana, ben, at=NOW - timedelta(days=59))
    assert await kudos.unthanked(session, boss, now=NOW) == ()


# The month's look back


async def test_the_look_back_is_planned_once_on_the_first_working_day(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    hana = await a_person("Hana")
    await people.grant_hr(session, hana, now=NOW)
    await kudos.choose_digest_channel(session, hana, channel="C1", now=NOW)
    assert not await kudos.plan_digest(session, now=NOW)
    first = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert not await kudos.plan_digest(session, now=first - timedelta(minutes=1))
    assert await kudos.plan_digest(session, now=first)
    assert not await kudos.plan_digest(session, now=first + timedelta(hours=1))
    notification = (await session.scalars(select(Notification))).one()
    assert (notification.to_channel, notification.subject, notification.due_at) == (
        "C1",
        {"month": "2026-11"},
        first,
    )


async def test_the_look_back_draws_public_thanks_about_different_people(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    staff = [await a_person(f"P{number} Staff") for number in range(8)]
    for number in range(6):
        await give(session, staff[number], staff[(number + 1) % 8], at=NOW + timedelta(minutes=number))
    await give(session, staff[6], staff[7], at=NOW, closed=True)
    month = await kudos.month_of_kudos(session, "2026-11")
    assert (month.month, month.givers, month.thanked) == (date(2026, 11, 1), 6, 6)
    involved = [one.giver.id for one in month.drawn] + [
        person.id for one in month.drawn for person in one.named
    ]
    assert month.drawn and len(involved) == len(set(involved)) and staff[7].id not in involved
    assert (await kudos.month_of_kudos(session, "2026-10")).drawn == []


async def test_where_fewer_than_five_took_part_the_look_back_has_no_numbers(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana, ben = await a_person("Ana"), await a_person("Ben")
    await give(session, ana, ben, at=NOW)
    month = await kudos.month_of_kudos(session, "2026-11")
    assert (month.givers, month.thanked, len(month.drawn)) == (None, None, 1)

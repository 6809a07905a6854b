"""Addresses that move, and two rows that turn out to be one person."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Department, Person, ReportingLine
from bot.models.goals import NewGoal
from bot.services import goals, people
from bot.services.directory import Mirrored
from tests.conftest import NOW, PersonBuilder
from tests.services.directory.builders import LATER, account, hear, person


async def test_a_person_known_by_email_only_is_linked_and_keeps_what_the_csv_said(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ben = await a_person("Ben")
    ana = await a_person(
        "Ana", slack_user_id=None, manager=ben, country="PT", title="Lead", title_from_csv=True
    )
    assert await hear(session, account(profile={"email": "ANA@example.com"})) == Mirrored(changed=1)
    assert (ana.slack_user_id, ana.manager_id, ana.country, ana.title) == ("UANA", ben.id, "PT", "Lead")


async def test_two_people_can_swap_addresses(session: AsyncSession) -> None:
    ana = account("UANA", profile={"email": "one@example.com"})
    ben = account("UBEN", profile={"email": "two@example.com"})
    await hear(session, ana, ben)
    ana["profile"]["email"], ben["profile"]["email"] = "two@example.com", "one@example.com"
    await hear(session, ana, ben)
    assert (await person(session, "UANA")).email == "two@example.com"
    assert (await person(session, "UBEN")).email == "one@example.com"


async def test_an_address_goes_to_whom_slack_says_now(session: AsyncSession) -> None:
    await hear(session, account("UOLD", deleted=False))
    await hear(session, account("UNEW"))
    assert (await person(session, "UOLD")).email is None
    assert (await person(session, "UNEW")).email == "ana@example.com"


async def test_a_leavers_account_takes_no_address_from_a_colleague(session: AsyncSession) -> None:
    await hear(session, account("UNEW"), account("UOLD", profile={"email": "old@example.com"}))
    await hear(session, account("UOLD", deleted=True))
    assert (await person(session, "UNEW")).email == "ana@example.com"
    assert (await person(session, "UOLD")).email is None
    both = (account("UOLD", deleted=True), account("UNEW"))
    assert await hear(session, *both) == Mirrored(unchanged=2)


async def test_two_rows_of_one_person_are_joined_with_lines_goals_and_hr_role(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    """Imported by e-mail before the app could read addresses; then Slack says the address."""
    sales = Department(name="Sales", path="Sales")
    session.add(sales)
    await session.flush()
    top = await a_person("Top")
    imported = await a_person("Ben", slack_user_id=None, department_id=sales.id, csv_timezone="Asia/Tokyo")
    await people.set_manager(session, imported, top, now=NOW)
    ana = await a_person("Ana")
    await people.set_manager(session, ana, imported, now=NOW)
    await people.grant_hr(session, imported, now=NOW)
    goal_id = await goals.create(session, imported, NewGoal("Sell"), now=NOW)
    await hear(session, account("UBEN", profile={"email": None}))
    ben = await person(session, "UBEN")

    await hear(
        session, account("UBEN", updated=1_790_000_001, profile={"email": "ben@example.com"}), now=LATER
    )

    assert (ben.email, ben.department_id, ben.manager_id) == ("ben@example.com", sales.id, top.id)
    assert ben.timezone == "Asia/Tokyo"
    assert ana.manager_id == ben.id
    assert [line.goal_id for line in (await goals.mine(session, ben, now=NOW)).goals] == [goal_id]
    assert await people.hr_admins(session) == [ben]
    assert (imported.email, imported.manager_id, imported.is_active) == (None, None, False)
    open_lines = select(ReportingLine.person_id, ReportingLine.manager_id).where(
        ReportingLine.until.is_(None)
    )
    assert set(await session.execute(open_lines)) == {(ana.id, ben.id), (ben.id, top.id)}


async def test_joining_two_rows_never_closes_a_circle(session: AsyncSession, a_person: PersonBuilder) -> None:
    ben = await a_person("Ben", email=None)
    cy = await a_person("Cy", manager=ben)
    await a_person("Old Ben", slack_user_id=None, email="ben@example.com", manager=cy)
    await hear(session, account("UBEN", profile={"email": "ben@example.com"}))
    assert (ben.manager_id, cy.manager_id) == (None, ben.id)


async def test_thousands_of_rows_are_joined_in_a_bounded_number_of_statements(
    session: AsyncSession, statements: Callable[[], Any]
) -> None:
    size = 400
    for number in range(size):
        session.add(Person(name=f"P{number}", email=f"{number}@example.com"))
    await session.flush()
    await hear(session, *(account(f"U{number}", profile={"email": ""}) for number in range(size)))
    with statements() as count:
        await hear(
            session,
            *(account(f"U{number}", profile={"email": f"{number}@example.com"}) for number in range(size)),
        )
    assert count.total <= 12
    assert (await person(session, "U7")).email == "7@example.com"

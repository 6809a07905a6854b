"""A team's week: who wrote, who is away, and who is not expected."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Answer, Notification, NotificationState, Person
from bot.services import checkins, pauses
from tests.conftest import NOW, PersonBuilder
from tests.services.checkins.builders import WEEK, write


async def test_the_team_week_shows_obstacles_first_and_away_as_away(
    session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    abe = await a_person("Abe", manager=ben)
    stuck = await a_person("Zed", manager=ben)
    await a_person("Late", manager=ben)
    await a_person(
        "Gone", manager=ben, away_since=NOW - timedelta(days=1), away_until=NOW + timedelta(days=2)
    )
    await a_person("Left", manager=ben, deactivated_at=NOW)
    await write(session, abe)
    await write(session, stuck, answers=(Answer("stuck", "?", "the build"),))
    team = await checkins.team_week(session, ben, now=NOW)
    assert team is not None
    assert [(member.person.name, member.is_away) for member in team.members] == [
        ("Zed", False),
        ("Abe", False),
        ("Late", False),
        ("Gone", True),
    ]
    assert (team.written, team.expected) == (2, 3)


async def test_a_team_of_any_size_costs_the_same_number_of_statements(
    database: Any, statements: Any, session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    for number in range(20):
        report = await a_person(f"P{number}", manager=ben)
        await write(session, report)
    session.expunge_all()
    with statements() as counted:
        await checkins.team_week(session, ben, now=NOW)
    assert counted.total <= 7, counted.statements


async def test_who_manages_nobody_has_no_team_week(session: AsyncSession, ana: Person) -> None:
    assert await checkins.team_week(session, ana, now=NOW) is None


async def test_who_is_paused_or_was_not_asked_for_being_away_is_not_expected(
    session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    paused, away = await a_person("Paula", manager=ben), await a_person("Abe", manager=ben)
    await pauses.pause(session, paused, paused, until=NOW + timedelta(days=3), now=NOW)
    session.add(
        Notification(
            person_id=away.id,
            kind="checkins.nudge",
            key=f"checkins.nudge:{away.id}:{WEEK}",
            nonce="n",
            due_at=NOW,
            state=NotificationState.SKIPPED,
            reason="away",
        )
    )
    await session.flush()
    team = await checkins.team_week(session, ben, now=NOW)
    assert team is not None
    assert ([member.is_away for member in team.members], team.expected) == ([True, True], 0)

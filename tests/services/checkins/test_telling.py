"""What the manager is owed about the team's check-ins, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Answer, Notification, NotificationState, Person
from bot.models.checkins import Outcome
from bot.services import checkins
from bot.services.checkins.kinds import OBSTACLE, SHARED
from bot.services.notifications import Over
from tests.conftest import NOW, PersonBuilder
from tests.services.checkins.builders import WEEK, notifications, write

LATER = NOW + timedelta(hours=1)


def stuck(text: str, *, locked: bool = False) -> tuple[Answer, ...]:
    return (Answer("moved", "?", "all of it"), Answer("stuck", "?", text, locked))


async def test_a_team_of_ten_is_one_message(
    session: AsyncSession, a_person: PersonBuilder, ben: Person
) -> None:
    for number in range(10):
        await write(session, await a_person(f"P{number}", manager=ben))
    assert await notifications(session) == [("checkins.shared", ben.id)]


async def test_every_week_and_every_manager_has_a_message(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    await write(session, ana)
    await write(session, ana, week=WEEK + timedelta(weeks=1), now=NOW + timedelta(weeks=1))
    carla = await a_person("Carla")
    await write(session, await a_person("Pia", manager=carla))
    shared = ("checkins.shared", ben.id)
    assert await notifications(session) == [shared, shared, ("checkins.shared", carla.id)]


@pytest.mark.parametrize(
    ("answer", "is_told"),
    [("The build", True), ("ж", True), ("-", False), ("...", False), ("0", False), (" ", False)],
)
async def test_an_obstacle_has_a_letter_in_it(
    session: AsyncSession, ana: Person, ben: Person, answer: str, is_told: bool
) -> None:
    await write(session, ana, answers=stuck(answer))
    assert (("checkins.obstacle", ben.id) in await notifications(session)) is is_told


async def test_an_obstacle_is_told_once_whichever_version_names_it(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    shared, obstacle = ("checkins.shared", ben.id), ("checkins.obstacle", ben.id)
    await write(session, ana)
    assert await notifications(session) == [shared]
    for text in ("The build", "The build, still", "Reviews"):
        await write(session, ana, answers=stuck(text))
        assert await notifications(session) == [shared, obstacle]


async def test_a_message_that_stands_is_updated_with_every_version_and_answer(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana, answers=stuck("The build"))
    rows = (await session.scalars(select(Notification))).all()
    deeds = (
        write(session, ana, answers=stuck("The build, still"), now=LATER),
        checkins.comment(session, ben, entry.id, text="Hm", now=LATER),
        checkins.react(session, ben, entry.id, emoji="eyes", now=LATER),
        checkins.take_obstacle_on(session, ben, entry.id, now=LATER),
        checkins.clear_obstacle(session, ben, entry.id, now=LATER),
    )
    for deed in deeds:
        for row in rows:
            row.state, row.slack_ts, row.update_due_at = NotificationState.SENT, "1.0", None
        await session.flush()
        await deed
        for row in rows:
            await session.refresh(row)
        assert [row.update_due_at for row in rows] == [LATER, LATER]


async def test_what_still_waits_is_not_updated_but_says_more_later(
    session: AsyncSession, ana: Person
) -> None:
    await write(session, ana)
    await write(session, ana, "more", now=LATER)
    row = (await session.scalars(select(Notification))).one()
    assert (row.state, row.due_at, row.update_due_at) == (NotificationState.PLANNED, NOW, None)


async def over(session: AsyncSession, ben: Person, kind: str) -> str | None:
    row = (await session.scalars(select(Notification).where(Notification.kind == kind))).one()
    rule = {one.name: one.over for one in (SHARED, OBSTACLE)}[kind]
    assert rule is not None
    said = await rule(session, row, ben, LATER)
    return said.reason if isinstance(said, Over) else None


async def test_an_obstacle_is_over_when_taken_on_cleared_or_taken_back(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana, answers=stuck("The build"))
    assert await over(session, ben, OBSTACLE.name) is None
    await checkins.comment(session, ben, entry.id, text="Hm", now=NOW)
    assert await over(session, ben, OBSTACLE.name) is None
    await checkins.take_obstacle_on(session, ben, entry.id, now=NOW)
    assert await over(session, ben, OBSTACLE.name) == Outcome.TAKEN_ON
    await checkins.clear_obstacle(session, ben, entry.id, now=NOW)
    assert await over(session, ben, OBSTACLE.name) == Outcome.CLEARED
    await write(session, ana, answers=stuck("-"))
    assert await over(session, ben, OBSTACLE.name) == Outcome.WITHDRAWN


async def test_a_wish_for_help_is_over_with_the_managers_answer(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    entry = await write(session, ana, answers=(Answer("ask", "What would help?", "Time to talk"),))
    assert await over(session, ben, OBSTACLE.name) is None
    await checkins.comment(session, ben, entry.id, text="At ten?", now=NOW)
    assert await over(session, ben, OBSTACLE.name) == Outcome.ANSWERED


async def test_a_locked_obstacle_is_its_managers_alone_and_not_their_successors(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    carla = await a_person("Carla")
    entry = await write(session, ana, answers=stuck("Between us", locked=True))
    assert (await checkins.call_for_help(session, ben, entry.id)).has_obstacle
    ana.manager_id = carla.id
    await session.flush()
    await checkins.hand_over(session, ana, now=NOW)
    call = await checkins.call_for_help(session, carla, entry.id)
    assert (call.has_obstacle, call.outcome) == (False, Outcome.WITHDRAWN)
    team = await checkins.team_week(session, carla, now=NOW, week=WEEK)
    assert team is not None
    assert (team.written, team.obstacles) == (1, 0)


async def test_what_waits_until_the_digest_is_said_by_the_digest(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    await write(session, ana)
    assert await over(session, ben, SHARED.name) is None
    digest = Notification(
        person_id=ben.id,
        kind="checkins.digest",
        key=f"checkins.digest:{ben.id}:{WEEK + timedelta(weeks=1)}",
        nonce="n",
        due_at=LATER,
    )
    session.add(digest)
    await session.flush()
    assert await over(session, ben, SHARED.name) == "in_digest"
    row = (await session.scalars(select(Notification).where(Notification.kind == SHARED.name))).one()
    row.reason = "snoozed"
    assert await over(session, ben, SHARED.name) is None
    digest.state = NotificationState.SKIPPED
    row.reason = None
    await session.flush()
    assert await over(session, ben, SHARED.name) is None

"""When a goal counts as quiet, and when it does not."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Pause, Person
from bot.services import goals
from bot.services.goals.summaries import present_for
from tests.conftest import NOW
from tests.services.goals.builders import AFTER, DAY, HOUR, ids, set_goal


@pytest.mark.parametrize(
    ("silences", "days"),
    [
        ([], 40),
        ([(10, 20)], 30),
        ([(10, 20), (15, 25)], 25),
        ([(15, 25), (10, 30), (12, 13)], 20),
        ([(-5, 5)], 35),
        ([(35, 60)], 35),
        ([(-5, 60)], 0),
        ([(50, 60)], 40),
    ],
)
def test_days_away_count_once_and_only_within_the_time(silences: list[tuple[int, int]], days: int) -> None:
    since = NOW - 40 * DAY
    spans = [(since + begin * DAY, since + end * DAY) for begin, end in silences]
    assert present_for(since, spans, NOW) == days * DAY


async def test_a_goal_nobody_spoke_of_for_thirty_days_is_quiet_until_somebody_does(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    day_before, later = NOW + 30 * DAY - HOUR, NOW + 30 * DAY
    assert not (await goals.mine(session, ana, now=day_before)).goals[0].is_quiet
    assert (await goals.mine(session, ana, now=later)).goals[0].is_quiet
    assert ids(await goals.quiet_in_team(session, ben, now=later)) == [goal_id]
    assert ids((await goals.waiting(session, ana, now=later)).quiet) == [goal_id]
    team = await goals.team(session, ben, now=later)
    assert team is not None
    assert team.quiet == 1
    await goals.report_no_change(session, ana, goal_id, seen=1, now=later)
    assert await goals.quiet_in_team(session, ben, now=later) == ()


async def test_a_goal_set_ahead_is_not_quiet_before_its_period_has_run_for_a_while(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await set_goal(session, ana, period="Q1 2027")
    assert await goals.quiet_in_team(session, ben, now=AFTER + 20 * DAY) == ()
    assert not (await goals.mine(session, ana, now=AFTER + 20 * DAY)).goals[0].is_quiet
    assert len(await goals.quiet_in_team(session, ben, now=AFTER + 30 * DAY)) == 1


async def test_pauses_and_leave_do_not_count_as_quiet(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await set_goal(session, ana)
    session.add(
        Pause(
            person_id=ana.id, set_by_id=ana.id, since=NOW + DAY, until=NOW + 9 * DAY, ended_at=NOW + 6 * DAY
        )
    )
    ana.away_since, ana.away_until = NOW + 10 * DAY, NOW + 20 * DAY
    await session.flush()
    assert await goals.quiet_in_team(session, ben, now=NOW + 44 * DAY) == ()
    assert len(await goals.quiet_in_team(session, ben, now=NOW + 45 * DAY)) == 1

"""What HR sets and counts."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed
from bot.models import Person
from bot.models.goals import GoalState, Level
from bot.services import goals
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import DAY, close, set_goal


async def test_hr_sets_periods_and_they_are_offered_until_they_are_over(
    session: AsyncSession, ana: Person, hana: Person
) -> None:
    year: dict[str, Any] = {"starts_on": date(2026, 7, 1), "ends_on": date(2027, 6, 30), "now": NOW}
    with pytest.raises(NotAllowed):
        await goals.set_period(session, ana, name="FY27", **year)
    for name, ends_on, field in (
        ("", year["ends_on"], "name"),
        ("Q1 2027", year["ends_on"], "name"),
        ("FY27", date(2026, 7, 1), "ends_on"),
        ("FY27", date(2036, 7, 1), "ends_on"),
    ):
        with pytest.raises(Invalid) as refused:
            await goals.set_period(session, hana, name=name, **year | {"ends_on": ends_on})
        assert refused.value.field == field
    await goals.set_period(session, hana, name="FY27", **year)
    await goals.set_period(session, hana, name="FY27", **year)
    offered = await goals.periods(session, now=NOW, timezone=None)
    assert [period.name for period in offered] == ["Q4 2026", "Q1 2027", "FY27"]
    goal_id = await set_goal(session, ana, period="FY27")
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.ends_on == date(2027, 6, 30)
    assert await goals.remove_period(session, hana, name="FY27")
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.period == "FY27"


async def test_hr_sees_counts_and_nobody_else_does(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person, hana: Person
) -> None:
    await a_person("Cem")
    company = await set_goal(session, hana, "Grow", level=Level.COMPANY)
    await set_goal(session, ana, "Sell", parent_id=company)
    shared = await set_goal(session, ana, "Learn", co_owner_ids=(ben.id,))
    await set_goal(session, ana, "Tidy up", is_local=True)
    await set_goal(session, ana, "Later", period="Q1 2027")
    with pytest.raises(NotAllowed):
        await goals.coverage(session, ana, now=NOW)
    counts = await goals.coverage(session, hana, now=NOW + 35 * DAY)
    assert (counts.people, counts.without_goals) == (4, 1)
    assert (counts.goals, counts.not_updated) == (4, 4)
    assert (counts.alignable, counts.aligned) == (3, 2)
    assert counts.alignment == pytest.approx(2 / 3)
    for goal_id, outcome in ((shared, GoalState.CLOSED), (company, GoalState.DROPPED)):
        actor = hana if goal_id == company else ana
        await close(session, actor, goal_id, outcome=outcome)
    after = await goals.coverage(session, hana, now=NOW + 35 * DAY)
    assert (after.without_goals, after.goals, after.not_updated) == (2, 3, 2)

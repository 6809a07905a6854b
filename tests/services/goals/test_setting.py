"""Setting a goal and agreeing on it: who is asked, what is refused, and under which field."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed
from bot.models import Department, Notification, Person, PersonKind
from bot.models.goals import GoalState, Level, Measure, NewGoal, NewKeyResult, Visibility
from bot.services import goals
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import HOUR, TICKETS, set_goal


async def told_everybody(session: AsyncSession) -> list[tuple[str, int]]:
    rows = await session.execute(select(Notification.kind, Notification.person_id).order_by(Notification.id))
    return [(kind, person_id) for kind, person_id in rows]


async def test_a_new_goal_lasts_a_quarter_and_asks_the_manager(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana, key_results=(TICKETS,))
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert (reading.summary.period, str(reading.summary.starts_on), str(reading.summary.ends_on)) == (
        "Q4 2026",
        "2026-10-01",
        "2026-12-31",
    )
    assert (reading.summary.state, reading.state_by, reading.summary.progress) == ("proposed", "Ana", 0)
    assert await told_everybody(session) == [("goals.proposed", ben.id)]


async def test_looks_good_makes_it_agreed_and_tells_its_owner(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.agree(session, ben, goal_id, seen=1, now=NOW + HOUR)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert (reading.summary.state, reading.state_by, reading.state_since) == ("agreed", "Ben", NOW + HOUR)
    assert (await told_everybody(session))[1:] == [("goals.answered", ana.id)]
    assert not (await goals.read(session, ben, goal_id, now=NOW)).may_agree
    with pytest.raises(AlreadyDone):
        await goals.agree(session, ben, goal_id, seen=1, now=NOW + HOUR)
    with pytest.raises(Invalid, match="Talk to each other"):
        await goals.suggest_change(session, ben, goal_id, text="More", now=NOW + HOUR)


async def test_a_suggestion_comes_back_to_the_owner_with_its_words(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    with pytest.raises(Invalid) as refused:
        await goals.suggest_change(session, ben, goal_id, text=" ", now=NOW)
    assert refused.value.field == "text"
    await goals.suggest_change(session, ben, goal_id, text="Measure it", now=NOW)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    latest = reading.history.items[0]
    assert (reading.summary.state, latest.by, latest.note) == ("change_suggested", "Ben", "Measure it")


async def test_a_goal_set_by_the_manager_asks_its_owner(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ben, owner_id=ana.id)
    assert await told_everybody(session) == [("goals.proposed", ana.id)]
    with pytest.raises(NotAllowed):
        await goals.agree(session, ben, goal_id, seen=1, now=NOW)
    await goals.agree(session, ana, goal_id, seen=1, now=NOW)


async def test_nobody_agrees_to_their_own_goal(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    with pytest.raises(NotAllowed):
        await goals.agree(session, ana, goal_id, seen=1, now=NOW)


async def test_without_a_manager_a_goal_is_agreed_at_once(session: AsyncSession, ben: Person) -> None:
    goal_id = await set_goal(session, ben)
    assert (await goals.read(session, ben, goal_id, now=NOW)).summary.state == GoalState.AGREED
    assert await told_everybody(session) == []


async def test_the_company_s_goals_are_set_by_hr_alone(
    session: AsyncSession, ana: Person, hana: Person
) -> None:
    with pytest.raises(Invalid) as refused:
        await set_goal(session, ana, level=Level.COMPANY)
    assert refused.value.field == "level"
    goal_id = await set_goal(session, hana, level=Level.COMPANY)
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.state == GoalState.AGREED


async def test_a_team_s_goal_belongs_to_the_team_of_its_owner(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    by_lead = await set_goal(session, ben, level=Level.TEAM)
    by_member = await set_goal(session, ana, level=Level.TEAM)
    for goal_id in (by_lead, by_member):
        assert (await goals.read(session, ana, goal_id, now=NOW)).team_of == "Ben"


async def test_a_department_s_goal_is_set_by_those_who_lead_people(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    sales = Department(name="Sales", path="Sales")
    session.add(sales)
    await session.flush()
    with pytest.raises(Invalid, match="lead people"):
        await set_goal(session, ana, level=Level.DEPARTMENT, department_id=sales.id)
    with pytest.raises(Invalid, match="owner's department"):
        await set_goal(session, ben, level=Level.DEPARTMENT)
    with pytest.raises(Invalid, match="owner's department"):
        await set_goal(session, ben, level=Level.DEPARTMENT, department_id=sales.id)
    within = Department(name="Europe", path="Sales / Europe", parent_id=sales.id)
    session.add(within)
    ben.department_id = sales.id
    await session.flush()
    assert (await goals.prefill(session, ben, now=NOW)).departments == (sales, within)
    goal_id = await set_goal(session, ben, level=Level.DEPARTMENT, department_id=within.id)
    assert (await goals.read(session, ana, goal_id, now=NOW)).department == "Sales / Europe"


async def test_the_draft_offers_what_one_may_set_and_says_who_agrees(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    draft = await goals.prefill(session, ana, now=NOW)
    assert (draft.levels, draft.manager) == ((Level.TEAM, Level.PERSON), ben)
    assert [period.name for period in draft.periods] == ["Q4 2026", "Q1 2027"]
    assert Level.COMPANY in (await goals.prefill(session, hana, now=NOW)).levels
    for _ in range(3):
        await set_goal(session, ana)
    assert (await goals.prefill(session, ana, now=NOW)).is_many


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"detail": "x" * 2001}, "detail"),
        ({"period": "Q7 2026"}, "period"),
        ({"period": "Q3 2026"}, "period"),
        ({"parent_id": 999_999}, "parent"),
        ({"owner_id": 999_999}, "owner"),
        ({"co_owner_ids": (999_999,)}, "co_owners"),
        ({"level": Level.TEAM, "visibility": Visibility.LIMITED}, "visibility"),
        ({"key_results": (NewKeyResult("KR", start=5, target=5),)}, "key_results.0.target"),
        ({"key_results": (TICKETS, NewKeyResult(""))}, "key_results.1.title"),
        ({"key_results": (NewKeyResult("KR", target=float("nan")),)}, "key_results.0.target"),
        ({"key_results": (NewKeyResult("KR", weight=0),)}, "key_results.0.weight"),
        ({"key_results": (NewKeyResult("KR", Measure.MILESTONES),)}, "key_results.0.milestones"),
        ({"key_results": (NewKeyResult("KR", Measure.HOLD, tolerance=-1),)}, "key_results.0.tolerance"),
        ({"key_results": (TICKETS,) * 9}, "key_results"),
    ],
)
async def test_bad_input_names_its_field_and_saves_nothing(
    session: AsyncSession, ana: Person, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await goals.create(session, ana, NewGoal(**{"title": "Fewer tickets"} | values), now=NOW)
    assert refused.value.field == field


async def test_a_number_that_is_to_stay_is_refused_as_a_metric_and_welcome_as_a_hold(
    session: AsyncSession, ana: Person
) -> None:
    with pytest.raises(Invalid, match="“Hold”"):
        await set_goal(session, ana, key_results=(NewKeyResult("Uptime", start=99.9, target=99.9),))
    hold = NewKeyResult("Uptime", Measure.HOLD, start=99.9, target=99.9, unit="%", tolerance=0.05)
    goal_id = await set_goal(session, ana, key_results=(hold,))
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.progress == 0


async def test_guests_set_no_goals(session: AsyncSession, a_person: PersonBuilder) -> None:
    guest = await a_person("Gus", kind=PersonKind.GUEST)
    with pytest.raises(NotAllowed):
        await goals.prefill(session, guest, now=NOW)
    with pytest.raises(Invalid):
        await set_goal(session, guest)

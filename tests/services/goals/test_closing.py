"""The end of a goal: scores, sentences, what is carried over, and who is asked to close it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed
from bot.models import GoalClosing, Notification, Person
from bot.models.goals import GoalState, Measure, Milestone, NewKeyResult, Update
from bot.services import goals
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import AFTER, DAY, TICKETS, close, ids, set_goal, told


async def test_owner_and_manager_each_give_a_score_and_both_are_kept(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await close(session, ana, goal_id)
    assert await told(session, "goals.closed") == [ben.id]
    assert ids((await goals.waiting(session, ben, now=NOW)).to_confirm) == [goal_id]
    await goals.confirm(session, ben, goal_id, score=0.6, comment="A little less", now=NOW)
    closing = (await goals.read(session, ana, goal_id, now=NOW)).closing
    assert closing is not None
    assert (closing.score, closing.sentence, closing.closed_by) == (0.8, "Nearly all of it", "Ana")
    assert (closing.manager_score, closing.manager_comment, closing.confirmed_by) == (
        0.6,
        "A little less",
        "Ben",
    )
    assert (await goals.waiting(session, ben, now=NOW)).to_confirm == ()
    with pytest.raises(AlreadyDone):
        await goals.confirm(session, ben, goal_id, score=None, comment="", now=NOW)


async def test_what_the_manager_said_stays_with_those_concerned(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person, hana: Person
) -> None:
    pia = await a_person("Pia")
    goal_id = await set_goal(session, ana)
    await goals.suggest_change(session, ben, goal_id, text="canary", now=NOW)
    await close(session, ana, goal_id)
    await goals.confirm(session, ben, goal_id, score=None, comment="canary", now=NOW)
    for near in (ana, ben, hana):
        assert "canary" in repr(await goals.read(session, near, goal_id, now=NOW))
    assert "canary" not in repr(await goals.read(session, pia, goal_id, now=NOW))
    assert "canary" not in repr(await goals.history(session, pia, goal_id))
    assert "canary" not in repr(await goals.course(session, pia, goal_id))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"score": 1.2}, "score"),
        ({"score": float("nan")}, "score"),
        ({"sentence": ""}, "sentence"),
        ({"outcome": GoalState.AGREED}, "outcome"),
    ],
)
async def test_a_closing_that_makes_no_sense_names_its_field(
    session: AsyncSession, ana: Person, values: dict[str, Any], field: str
) -> None:
    goal_id = await set_goal(session, ana)
    with pytest.raises(Invalid) as refused:
        await close(session, ana, goal_id, **values)
    assert refused.value.field == field


async def test_carrying_over_takes_what_is_left_into_the_next_quarter(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    cem = await a_person("Cem")
    steps = (Milestone("Prefill"), Milestone("Ship"))
    news = (
        TICKETS,
        NewKeyResult("Launch", Measure.MILESTONES, milestones=steps),
        NewKeyResult("Handbook", Measure.YES_NO),
    )
    goal_id = await set_goal(session, ana, key_results=news, co_owner_ids=(cem.id,))
    tickets, launch, handbook = (await goals.read(session, ana, goal_id, now=NOW)).key_results
    values, done = {tickets.id: 30.0, handbook.id: 1.0}, {launch.id: frozenset({0})}
    await goals.update(session, ana, Update(goal_id, 1, values=values, done=done), now=NOW)
    new_id = await close(session, ana, goal_id, seen=2, outcome=GoalState.CARRIED_OVER, now=AFTER)
    assert new_id is not None
    new = await goals.read(session, ana, new_id, now=AFTER)
    assert (new.summary.period, new.summary.state, new.summary.progress) == ("Q1 2027", "proposed", 0)
    assert [(one.title, one.start, len(one.milestones)) for one in new.key_results] == [
        ("Tickets per week", 30, 0),
        ("Launch", 0, 1),
    ]
    assert new.co_owners == (cem,)
    waiting = await goals.waiting(session, ben, now=AFTER)
    assert (ids(waiting.to_confirm), ids(waiting.to_agree)) == ([goal_id], [])
    old = await goals.read(session, ana, goal_id, now=AFTER)
    assert (old.summary.state, old.closing and old.closing.carried_to_id) == ("carried_over", new_id)
    await goals.confirm(session, ben, goal_id, score=None, comment="", now=AFTER)
    assert (await goals.read(session, ana, new_id, now=AFTER)).summary.state == GoalState.AGREED


async def test_confirming_how_it_ended_agrees_to_nothing_that_was_changed_or_handed_over_since(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    cy = await a_person("Cy", manager=await a_person("Dora"))
    states = []
    for change_target in (True, False):
        goal_id = await set_goal(session, ana, key_results=(TICKETS,))
        new_id = await close(session, ana, goal_id, outcome=GoalState.CARRIED_OVER) or 0
        (tickets,) = (await goals.read(session, ana, new_id, now=NOW)).key_results
        if change_target:
            await goals.retarget(session, ana, tickets.id, seen=1, start=40, target=39, reason="", now=NOW)
        else:
            await goals.hand_over(session, ana, new_id, to=cy, now=NOW)
        await goals.confirm(session, ben, goal_id, score=None, comment="", now=NOW)
        states.append((await goals.read(session, ana, new_id, now=NOW)).summary.state)
        assert new_id in ids((await goals.waiting(session, ben if change_target else cy, now=NOW)).to_agree)
    assert states == [GoalState.PROPOSED, GoalState.PROPOSED]


async def test_a_goal_carried_over_long_after_its_period_goes_on_in_a_quarter_that_is_not_over(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana)
    new_id = await close(session, ana, goal_id, outcome=GoalState.CARRIED_OVER, now=AFTER + 120 * DAY)
    assert (await goals.read(session, ana, new_id or 0, now=AFTER)).summary.period == "Q2 2027"


async def test_nothing_more_is_changed_in_a_closed_goal(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    await close(session, ana, goal_id)
    with pytest.raises(Invalid, match="was closed on 18 November"):
        await goals.update(session, ana, Update(goal_id, 2, progress=1), now=NOW)
    with pytest.raises(Invalid):
        await close(session, ana, goal_id, seen=2)
    assert ids((await goals.past(session, ana, now=AFTER)).goals) == [goal_id]
    assert (await goals.mine(session, ana, now=NOW)).total == 0


async def test_a_goal_whose_owner_left_cannot_be_carried_over_by_nobody(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    with pytest.raises(NotAllowed):
        await close(session, ben, goal_id)
    ana.deactivated_at = NOW
    await session.flush()
    with pytest.raises(Invalid, match="Hand the goal over"):
        await close(session, ben, goal_id, outcome=GoalState.CARRIED_OVER)
    await close(session, ben, goal_id, outcome=GoalState.DROPPED)
    assert (await session.scalars(select(GoalClosing.closed_by_id))).all() == [ben.id]
    assert await told(session, "goals.closed") == []


async def test_all_goals_of_a_period_that_is_over_are_counted_however_few_stand_on_home(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    for number in range(6):
        await set_goal(session, ana, f"Goal {number}", co_owner_ids=(ben.id,) if number else ())
    assert len((await goals.waiting(session, ana, now=AFTER)).to_close) == 5
    assert [await goals.left_to_close(session, one, now=AFTER) for one in (ana, ben)] == [6, 5]
    assert await goals.left_to_close(session, ana, now=NOW) == 0


async def test_when_the_period_is_over_owners_are_asked_once_on_a_working_morning(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    for title in ("One", "Two"):
        await set_goal(session, ana, title)
    last_day, holiday = (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), datetime(2027, 1, 1, 1, 0, tzinfo=UTC))
    assert await goals.plan_closings(session, now=last_day) == 0
    assert await goals.plan_closings(session, now=holiday) == 1
    assert await goals.plan_closings(session, now=holiday + DAY) == 0
    notification = (
        await session.scalars(select(Notification).where(Notification.kind == "goals.period_ended"))
    ).one()
    assert (notification.person_id, notification.due_at) == (ana.id, datetime(2027, 1, 4, 9, 0, tzinfo=UTC))
    assert len((await goals.waiting(session, ana, now=AFTER)).to_close) == 2

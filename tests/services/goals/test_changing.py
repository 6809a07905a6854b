"""Changing a goal that is set: what is kept of before, who is asked again, two at once."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import Conflict, Invalid, NotAllowed
from bot.models import Goal, Notification, NotificationState, Person
from bot.models.goals import GoalKind, GoalState, Measure, NewKeyResult, Update, Visibility
from bot.services import goals, people
from tests.conftest import HOME, NOW, PersonBuilder
from tests.services.goals.builders import DAY, HOUR, TICKETS, close, ids, set_goal, told

EARLY = datetime(2026, 10, 20, 10, 0, tzinfo=UTC)
LATE = EARLY + 60 * DAY  # more than half of the time since then is over


async def test_an_edit_keeps_what_the_goal_was(session: AsyncSession, ana: Person, ben: Person) -> None:
    goal_id = await set_goal(session, ana)
    changed: dict[str, Any] = {
        "title": "Far fewer tickets",
        "detail": "",
        "kind": GoalKind.ASPIRATIONAL,
        "visibility": Visibility.OPEN,
        "co_owner_ids": (ben.id,),
        "now": NOW,
    }
    await goals.edit(session, ana, goal_id, seen=1, reason="We aim higher", **changed)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    latest = reading.history.items[0]
    assert (reading.summary.title, latest.note) == ("Far fewer tickets", "We aim higher")
    assert latest.change == {
        "title": ["Fewer tickets", "Far fewer tickets"],
        "kind": ["committed", "aspirational"],
        "co_owners": [[], [ben.id]],
    }
    with pytest.raises(Conflict):
        await goals.edit(session, ana, goal_id, seen=1, **changed)


async def test_a_limited_goal_is_never_opened(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana, visibility=Visibility.LIMITED)
    with pytest.raises(Invalid) as refused:
        await goals.edit(
            session,
            ana,
            goal_id,
            seen=1,
            title="x",
            detail="",
            kind=GoalKind.COMMITTED,
            visibility=Visibility.OPEN,
            co_owner_ids=(),
            now=NOW,
        )
    assert refused.value.field == "visibility"


async def test_a_limited_goal_takes_no_newcomers(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    pia, cem = await a_person("Pia"), await a_person("Cem")
    goal_id = await set_goal(session, ana, visibility=Visibility.LIMITED, co_owner_ids=(cem.id,))
    words: dict[str, Any] = {"title": "x", "detail": "", "kind": GoalKind.COMMITTED, "now": NOW}
    words["visibility"] = Visibility.LIMITED
    with pytest.raises(Invalid) as refused:
        await goals.edit(session, ana, goal_id, seen=1, co_owner_ids=(cem.id, pia.id), **words)
    assert refused.value.field == "co_owners"
    await goals.edit(session, ana, goal_id, seen=1, co_owner_ids=(cem.id,), **words)
    with pytest.raises(Invalid) as refused:
        await goals.hand_over(session, ben, goal_id, to=pia, now=NOW)
    assert refused.value.field == "owner"


async def test_owners_who_come_later_do_not_hear_what_was_said_to_others(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    cleo = await a_person("Cleo")
    pia, cem = await a_person("Pia", manager=cleo), await a_person("Cem")
    goal_id = await set_goal(session, ana, co_owner_ids=(cem.id,))
    await goals.suggest_change(session, ben, goal_id, text="canary", now=NOW)
    words: dict[str, Any] = {"title": "x", "detail": "", "kind": GoalKind.COMMITTED, "now": NOW + HOUR}
    words["visibility"] = Visibility.OPEN
    await goals.edit(session, ana, goal_id, seen=1, co_owner_ids=(cem.id, pia.id), **words)
    assert "canary" in repr(await goals.read(session, cem, goal_id, now=NOW))
    assert "canary" not in repr(await goals.read(session, pia, goal_id, now=NOW))
    await goals.hand_over(session, ana, goal_id, to=pia, now=NOW + DAY)
    for newcomer in (pia, cleo):
        assert "canary" not in repr(await goals.read(session, newcomer, goal_id, now=NOW))


async def test_a_slip_in_the_start_is_corrected_in_the_value_too(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana, key_results=(NewKeyResult("Tickets", start=10, target=50),))
    (tickets,) = (await goals.read(session, ana, goal_id, now=NOW)).key_results
    await goals.retarget(session, ana, tickets.id, seen=1, start=100, target=50, reason="A slip", now=NOW)
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.progress == 0


async def test_a_target_moves_freely_at_first_and_with_a_reason_after_the_middle(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana, key_results=(TICKETS,), now=EARLY)
    (tickets,) = (await goals.read(session, ana, goal_id, now=EARLY)).key_results
    await goals.update(session, ana, Update(goal_id, 1, values={tickets.id: 30}), now=EARLY)
    target: dict[str, Any] = {"start": 40.0, "now": EARLY}
    await goals.retarget(session, ana, tickets.id, seen=2, target=30, reason="", **target)
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.progress == 1
    with pytest.raises(Invalid) as refused:
        await goals.retarget(session, ana, tickets.id, seen=3, target=20, reason="", **target | {"now": LATE})
    assert refused.value.field == "reason"
    with pytest.raises(Invalid, match="“Hold”"):
        await goals.retarget(session, ana, tickets.id, seen=3, target=40, reason="", **target)
    await goals.retarget(
        session, ana, tickets.id, seen=3, start=40, target=20, reason="More to gain", now=LATE
    )
    reading = await goals.read(session, ana, goal_id, now=LATE)
    latest = reading.history.items[0]
    assert (reading.summary.progress, latest.note, latest.change["target"]) == (0.5, "More to gain", [30, 20])


async def test_a_dropped_key_result_leaves_the_mean_and_keeps_its_reason(
    session: AsyncSession, ana: Person
) -> None:
    done = NewKeyResult("Handbook", Measure.YES_NO)
    goal_id = await set_goal(session, ana, key_results=(TICKETS, done))
    tickets, handbook = (await goals.read(session, ana, goal_id, now=NOW)).key_results
    await goals.update(session, ana, Update(goal_id, 1, values={handbook.id: 1}), now=NOW)
    with pytest.raises(Invalid) as refused:
        await goals.drop_key_result(session, ana, tickets.id, seen=2, reason=" ", now=NOW)
    assert refused.value.field == "reason"
    await goals.drop_key_result(session, ana, tickets.id, seen=2, reason="No longer ours", now=NOW)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert (reading.summary.progress, [one.id for one in reading.key_results]) == (1, [handbook.id])
    assert [one.dropped_because for one in reading.dropped] == ["No longer ours"]
    with pytest.raises(Invalid):
        await goals.update(session, ana, Update(goal_id, 3, values={tickets.id: 1}), now=NOW)


async def test_what_came_back_is_proposed_again_by_changing_it(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.suggest_change(session, ben, goal_id, text="Measure it", now=NOW)
    await goals.add_key_result(session, ana, goal_id, TICKETS, seen=1, now=NOW + HOUR)
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.state == GoalState.PROPOSED
    assert await told(session, "goals.proposed") == [ben.id, ben.id]
    with pytest.raises(Conflict):
        await goals.agree(session, ben, goal_id, seen=1, now=NOW)
    await goals.suggest_change(session, ben, goal_id, text="A little more", now=NOW)
    assert await told(session, "goals.answered") == [ana.id, ana.id]
    await goals.agree(session, ben, goal_id, seen=2, now=NOW)


async def test_changing_what_is_proposed_asks_once_and_answering_takes_the_question_back(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    for seen in (1, 2, 3):
        await goals.add_key_result(session, ana, goal_id, TICKETS, seen=seen, now=NOW + seen * HOUR)
    assert await told(session, "goals.proposed") == [ben.id]
    await close(session, ana, goal_id, seen=4, outcome=GoalState.DROPPED)
    asked = (await session.scalars(select(Notification).where(Notification.kind == "goals.proposed"))).one()
    await session.refresh(asked)
    assert asked.state == NotificationState.SKIPPED


async def test_changing_what_the_manager_set_needs_the_manager_s_word(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ben, owner_id=ana.id)
    await goals.add_key_result(session, ana, goal_id, TICKETS, seen=1, now=NOW + HOUR)
    with pytest.raises(NotAllowed):
        await goals.agree(session, ana, goal_id, seen=2, now=NOW + HOUR)
    await goals.agree(session, ben, goal_id, seen=2, now=NOW + HOUR)


async def test_a_manager_changes_what_they_set_until_it_is_agreed(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ben, owner_id=ana.id)
    await goals.suggest_change(session, ana, goal_id, text="Measure it", now=NOW + HOUR)
    assert ids((await goals.waiting(session, ben, now=NOW)).to_agree) == [goal_id]
    assert (await goals.read(session, ben, goal_id, now=NOW)).may_edit
    await goals.add_key_result(session, ben, goal_id, TICKETS, seen=1, now=NOW + 2 * HOUR)
    await goals.agree(session, ana, goal_id, seen=2, now=NOW + 3 * HOUR)
    with pytest.raises(NotAllowed):
        await goals.add_key_result(session, ben, goal_id, TICKETS, seen=2, now=NOW)


async def test_progress_made_meanwhile_does_not_stand_in_the_way_of_agreeing(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.update(session, ana, Update(goal_id, 1, progress=0.1), now=NOW)
    await goals.agree(session, ben, goal_id, seen=1, now=NOW)
    asked = (await session.scalars(select(Notification).where(Notification.kind == "goals.proposed"))).one()
    await session.refresh(asked)
    assert (asked.state, asked.reason) == (NotificationState.SKIPPED, "answered")


async def test_two_who_change_a_goal_at_once_do_not_overwrite_each_other(database: Database) -> None:
    async with database.work(HOME) as session:
        session.add(ana := Person(slack_user_id="UANA", name="Ana", timezone="Europe/Lisbon"))
        await session.flush()
        goal_id = await set_goal(session, ana)

    async def send(progress: float) -> str:
        async with database.work(HOME) as session:
            me = await people.by_slack_id(session, "UANA")
            try:
                await goals.update(session, me, Update(goal_id, 1, progress=progress), now=NOW)
            except Conflict as conflict:
                return conflict.sentence
        return "saved"

    first, second = sorted(await asyncio.gather(send(0.3), send(0.6)), key=lambda said: said != "saved")
    async with database.read(HOME) as session:
        goal = (await session.scalars(select(Goal))).one()
    assert (first, goal.version) == ("saved", 2)
    assert f"it is at {goal.progress:.0%} now".replace("%", " %") in second

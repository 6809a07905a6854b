"""The life of a goal, on both databases: changed, handed over, gone quiet, closed, carried over, counted."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.errors import AlreadyDone, Conflict, Invalid, NotAllowed, NotFound
from bot.models import Answer, Goal, GoalClosing, Notice, NoticeState, Pause, Person
from bot.models.goals import (
    Confidence,
    Deed,
    GoalKind,
    GoalState,
    Level,
    Measure,
    Milestone,
    NewGoal,
    NewKeyResult,
    Update,
    Visibility,
)
from bot.services import checkins, goals, people
from bot.services.goals.quiet import present_for
from tests.conftest import HOME, NOW, OTHER, PersonBuilder

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AFTER = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)  # a Monday, the quarter is over
EARLY = datetime(2026, 10, 20, 10, 0, tzinfo=UTC)
TICKETS = NewKeyResult("Tickets per week", start=40, target=20)
LINK = "https://acme.slack.com/archives/C1/p1700000000000100"


async def set_goal(session: AsyncSession, me: Person, title: str = "Fewer tickets", **values: Any) -> int:
    now = values.pop("now", NOW)
    return await goals.create(session, me, NewGoal(title, **values), now=now)


async def close(session: AsyncSession, me: Person, goal_id: int, **values: Any) -> int | None:
    said: dict[str, Any] = {
        "seen": 1,
        "outcome": GoalState.CLOSED,
        "score": 0.8,
        "sentence": "Nearly all of it",
        "now": NOW,
    }
    return await goals.close(session, me, goal_id, **said | values)


async def told(session: AsyncSession, kind: str) -> list[int]:
    rows = await session.scalars(select(Notice.person_id).where(Notice.kind == kind).order_by(Notice.id))
    return list(rows)


def ids(lines: Any) -> list[int]:
    return [line.goal_id for line in lines]


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben", country="PT")


@pytest.fixture
async def ana(a_person: PersonBuilder, ben: Person) -> Person:
    return await a_person("Ana", manager=ben, country="PT")


@pytest.fixture
async def hana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    person = await a_person("Hana")
    await people.grant_hr(session, person, now=NOW)
    return person


# Changing


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
    latest = reading.history.moments[0]
    assert (reading.line.title, latest.note) == ("Far fewer tickets", "We aim higher")
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
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.progress == 0


async def test_a_target_moves_freely_at_first_and_with_a_reason_after_the_middle(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana, key_results=(TICKETS,), now=EARLY)
    (tickets,) = (await goals.read(session, ana, goal_id, now=EARLY)).key_results
    await goals.update(session, ana, Update(goal_id, 1, values={tickets.id: 30}), now=EARLY)
    target = {"start": 40.0, "now": EARLY}
    await goals.retarget(session, ana, tickets.id, seen=2, target=30, reason="", **target)
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.progress == 1
    with pytest.raises(Invalid) as refused:
        await goals.retarget(session, ana, tickets.id, seen=3, target=20, reason="", **target | {"now": NOW})
    assert refused.value.field == "reason"
    with pytest.raises(Invalid, match="“Hold”"):
        await goals.retarget(session, ana, tickets.id, seen=3, target=40, reason="", **target)
    await goals.retarget(
        session, ana, tickets.id, seen=3, start=40, target=20, reason="More to gain", now=NOW
    )
    reading = await goals.read(session, ana, goal_id, now=NOW)
    latest = reading.history.moments[0]
    assert (reading.line.progress, latest.note, latest.change["target"]) == (0.5, "More to gain", [30, 20])


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
    assert (reading.line.progress, [one.id for one in reading.key_results]) == (1, [handbook.id])
    assert [one.dropped_because for one in reading.dropped] == ["No longer ours"]
    with pytest.raises(Invalid):
        await goals.update(session, ana, Update(goal_id, 3, values={tickets.id: 1}), now=NOW)


async def test_what_came_back_is_proposed_again_by_changing_it(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.suggest_change(session, ben, goal_id, text="Measure it", now=NOW)
    await goals.add_key_result(session, ana, goal_id, TICKETS, seen=1, now=NOW + HOUR)
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.state == GoalState.PROPOSED
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
    asked = (await session.scalars(select(Notice).where(Notice.kind == "goals.proposed"))).one()
    await session.refresh(asked)
    assert asked.state == NoticeState.SKIPPED


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
    asked = (await session.scalars(select(Notice).where(Notice.kind == "goals.proposed"))).one()
    await session.refresh(asked)
    assert (asked.state, asked.reason) == (NoticeState.SKIPPED, "answered")


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
    assert f"it is at {goal.progress} now" in second


# Who owns it


async def test_a_goal_of_somebody_who_left_waits_for_the_manager_who_hands_it_over(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person, hana: Person
) -> None:
    cem = await a_person("Cem", manager=ben)
    goal_id = await set_goal(session, ana)
    ana.deactivated_at = NOW
    await session.flush()
    assert ids((await goals.waiting(session, ben, now=NOW)).left_behind) == [goal_id]
    assert ids((await goals.waiting(session, hana, now=NOW)).left_behind) == []
    ben.deactivated_at = NOW
    await session.flush()
    assert ids((await goals.waiting(session, hana, now=NOW)).left_behind) == [goal_id]
    ben.deactivated_at = None
    await session.flush()
    reading = await goals.read(session, ben, goal_id, now=NOW)
    assert (reading.owner_has_left, reading.may_hand_over, reading.may_change) == (True, True, False)
    await goals.hand_over(session, ben, goal_id, to=cem, now=NOW)
    assert ids((await goals.waiting(session, cem, now=NOW)).to_agree) == [goal_id]
    await goals.agree(session, cem, goal_id, seen=2, now=NOW)
    assert ids((await goals.mine(session, cem, now=NOW)).lines) == [goal_id]
    with pytest.raises(Invalid) as refused:
        await goals.hand_over(session, cem, goal_id, to=ana, now=NOW)
    assert refused.value.field == "owner"


async def test_goals_follow_when_two_rows_turn_out_to_be_one_person(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    imported = await a_person("Ana Old", slack_user_id=None, email="old@example.com")
    owned = await set_goal(session, imported)
    shared = await set_goal(session, ana, co_owner_ids=(imported.id,))
    other = await set_goal(session, await a_person("Pia"), co_owner_ids=(imported.id, ana.id))
    await goals.pass_on(session, {imported.id: ana.id})
    assert set(ids((await goals.mine(session, ana, now=NOW)).lines)) == {owned, shared, other}
    reading = await goals.read(session, ana, other, now=NOW)
    assert reading.co_owners == (ana,)


async def test_strangers_hand_over_nothing(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    pia = await a_person("Pia")
    goal_id = await set_goal(session, ana)
    with pytest.raises(NotAllowed):
        await goals.hand_over(session, pia, goal_id, to=pia, now=NOW)


# Alignment over time


async def test_a_parent_closed_meanwhile_is_refused(session: AsyncSession, ana: Person, ben: Person) -> None:
    parent = await set_goal(session, ben)
    await close(session, ben, parent)
    with pytest.raises(Invalid, match="closed meanwhile") as refused:
        await set_goal(session, ana, parent_id=parent)
    assert refused.value.field == "parent"


async def test_orphans_are_offered_the_successor_or_the_next_goal_above(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    company = await set_goal(session, hana, "Grow", level=Level.COMPANY)
    carried = await set_goal(session, ben, "Sell", parent_id=company)
    dropped = await set_goal(session, ben, "Win", parent_id=company)
    first = await set_goal(session, ana, "Call", parent_id=carried)
    second = await set_goal(session, ana, "Write", parent_id=dropped)
    heir = await close(session, ben, carried, outcome=GoalState.CARRIED_OVER)
    await close(session, ben, dropped, outcome=GoalState.DROPPED)
    found = (await goals.waiting(session, ana, now=NOW)).orphans
    offered = {
        one.line.goal_id: (one.parent and one.parent.title, one.suggested and one.suggested.goal_id)
        for one in found
    }
    assert offered == {first: ("Sell", heir), second: ("Win", company)}
    await goals.align(session, ana, first, parent_id=heir, now=NOW)
    await goals.align(session, ana, second, parent_id=None, is_local=True, now=NOW)
    assert (await goals.waiting(session, ana, now=NOW)).orphans == ()


async def test_a_parent_in_another_workspace_reads_like_none(database: Database) -> None:
    async with database.work(OTHER) as session:
        session.add(ola := Person(slack_user_id="UOLA", name="Ola"))
        await session.flush()
        foreign = await set_goal(session, ola)
    async with database.work(HOME) as session:
        session.add(ana := Person(slack_user_id="UANA", name="Ana"))
        await session.flush()
        with pytest.raises(Invalid) as refused:
            await set_goal(session, ana, parent_id=foreign)
    assert refused.value.field == "parent"


# Quiet


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
    assert not (await goals.mine(session, ana, now=day_before)).lines[0].is_quiet
    assert (await goals.mine(session, ana, now=later)).lines[0].is_quiet
    assert ids(await goals.quiet_in_team(session, ben, now=later)) == [goal_id]
    assert ids((await goals.waiting(session, ana, now=later)).quiet) == [goal_id]
    team = await goals.team(session, ben, now=later)
    assert team is not None
    assert team.quiet == 1
    await goals.leave_as_it_is(session, ana, goal_id, seen=1, now=later)
    assert await goals.quiet_in_team(session, ben, now=later) == ()


async def test_a_goal_set_ahead_is_not_quiet_before_its_period_has_run_for_a_while(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    await set_goal(session, ana, period="Q1 2027")
    assert await goals.quiet_in_team(session, ben, now=AFTER + 20 * DAY) == ()
    assert not (await goals.mine(session, ana, now=AFTER + 20 * DAY)).lines[0].is_quiet
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


# Trouble


async def test_trouble_that_grows_takes_the_place_of_what_was_not_said_yet(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    for version, confidence in enumerate((Confidence.AT_RISK, Confidence.OFF_TRACK), start=1):
        await goals.update(session, ana, Update(goal_id, version, confidence), now=NOW)
    rows = await session.scalars(select(Notice).where(Notice.kind == "goals.off_track").order_by(Notice.id))
    states = []
    for notice in rows:
        await session.refresh(notice)
        states.append(notice.state)
    assert states == ["skipped", "planned"]


async def test_trouble_that_is_over_is_not_told_any_more(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.update(session, ana, Update(goal_id, 1, Confidence.OFF_TRACK, note="Parts are late"), now=NOW)
    reading = await goals.trouble(session, ben, goal_id, now=NOW)
    assert reading is not None
    assert reading.history.moments[0].note == "Parts are late"
    await goals.update(session, ana, Update(goal_id, 2, Confidence.ON_TRACK), now=NOW)
    assert await goals.trouble(session, ben, goal_id, now=NOW) is None


# The end


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
        ({"outcome": GoalState.CARRIED_OVER, "into": "Q4 2026"}, "into"),
        ({"outcome": GoalState.CARRIED_OVER, "into": "soon"}, "into"),
        ({"outcome": GoalState.CARRIED_OVER, "into": "Q4 9999"}, "into"),
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
    steps = (Milestone("Draft"), Milestone("Ship"))
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
    assert (new.line.period, new.line.state, new.line.progress) == ("Q1 2027", "proposed", 0)
    assert [(one.title, one.start, len(one.milestones)) for one in new.key_results] == [
        ("Tickets per week", 30, 0),
        ("Launch", 0, 1),
    ]
    assert new.co_owners == (cem,)
    waiting = await goals.waiting(session, ben, now=AFTER)
    assert (ids(waiting.to_confirm), ids(waiting.to_agree)) == ([goal_id], [])
    old = await goals.read(session, ana, goal_id, now=AFTER)
    assert (old.line.state, old.closing and old.closing.carried_to_id) == ("carried_over", new_id)
    await goals.confirm(session, ben, goal_id, score=None, comment="", now=AFTER)
    assert (await goals.read(session, ana, new_id, now=AFTER)).line.state == GoalState.AGREED


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
        states.append((await goals.read(session, ana, new_id, now=NOW)).line.state)
        assert new_id in ids((await goals.waiting(session, ben if change_target else cy, now=NOW)).to_agree)
    assert states == [GoalState.PROPOSED, GoalState.PROPOSED]


async def test_a_goal_carried_over_long_after_its_period_goes_on_in_a_quarter_that_is_not_over(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana)
    new_id = await close(
        session, ana, goal_id, outcome=GoalState.CARRIED_OVER, into="Q2 2027", now=AFTER + 60 * DAY
    )
    assert (await goals.read(session, ana, new_id or 0, now=AFTER)).line.period == "Q2 2027"


async def test_nothing_more_is_changed_in_a_closed_goal(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    await close(session, ana, goal_id)
    with pytest.raises(Invalid, match="was closed on 18 November"):
        await goals.update(session, ana, Update(goal_id, 2, progress=1), now=NOW)
    with pytest.raises(Invalid):
        await close(session, ana, goal_id, seen=2)
    assert ids((await goals.past(session, ana, now=NOW)).lines) == [goal_id]
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


async def test_when_the_period_is_over_owners_are_asked_once_on_a_working_morning(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    for title in ("One", "Two"):
        await set_goal(session, ana, title)
    last_day, holiday = (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), datetime(2027, 1, 1, 1, 0, tzinfo=UTC))
    assert await goals.plan_closings(session, now=last_day) == 0
    assert await goals.plan_closings(session, now=holiday) == 1
    assert await goals.plan_closings(session, now=holiday + DAY) == 0
    notice = (await session.scalars(select(Notice).where(Notice.kind == "goals.period_ended"))).one()
    assert (notice.person_id, notice.due_at) == (ana.id, datetime(2027, 1, 4, 9, 0, tzinfo=UTC))
    assert len((await goals.waiting(session, ana, now=AFTER)).to_close) == 2


# Links


async def test_a_message_is_kept_as_a_link_once(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.add_evidence(session, ana, goal_id, permalink=LINK, now=NOW)
    with pytest.raises(AlreadyDone):
        await goals.add_evidence(session, ana, goal_id, permalink=LINK, now=NOW)
    with pytest.raises(Invalid):
        await goals.add_evidence(session, ana, goal_id, permalink="javascript:alert(1)", now=NOW)
    with pytest.raises(NotAllowed):
        await goals.add_evidence(session, ben, goal_id, permalink=LINK, now=NOW)
    (kept,) = (await goals.read(session, ben, goal_id, now=NOW)).evidence
    assert (kept.permalink, kept.added_by, kept.added_at) == (LINK, "Ana", NOW)


async def test_what_matters_next_serves_a_goal(session: AsyncSession, ana: Person, ben: Person) -> None:
    goal_id = await set_goal(session, ana)
    answers = (Answer("next", "What next?", "Call them"),)
    checkin_id = await checkins.submit(
        session, ana, week=date(2026, 11, 16), answers=answers, energy=None, load=None, now=NOW
    )
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=goal_id, now=NOW)
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=goal_id, now=NOW)
    assert await goals.served(session, checkin_id) == goal_id
    with pytest.raises(NotFound):
        await goals.serve(session, ben, checkin_id=checkin_id, goal_id=goal_id, now=NOW)
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=None, now=NOW)
    assert await goals.served(session, checkin_id) is None


# HR


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
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.ends_on == date(2027, 6, 30)
    assert await goals.remove_period(session, hana, name="FY27")
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.period == "FY27"


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


async def test_history_turns_pages_and_a_chart_reads_it_forwards(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    for step in range(30):
        change = Update(goal_id, step + 1, progress=step / 30)
        await goals.update(session, ana, change, now=NOW + step * HOUR)
    first = await goals.history(session, ana, goal_id)
    second = await goals.history(session, ana, goal_id, before=first.before)
    assert (len(first.moments), len(second.moments), second.before) == (20, 11, None)
    assert second.moments[-1].deed == Deed.PROPOSED
    course = await goals.course(session, ana, goal_id)
    assert [moment.progress for moment in course[1:]] == [step / 30 for step in range(30)]

"""Saying how a goal stands: progress, confidence, trouble that reaches the manager once; evidence, and check-ins."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Conflict, Invalid, NotAllowed, NotFound
from bot.models import Answer, Notification, Person
from bot.models.goals import Confidence, Deed, Measure, Milestone, NewKeyResult, Update
from bot.services import checkins, goals
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import DAY, HOUR, TICKETS, set_goal

LINK = "https://acme.slack.com/archives/C1/p1700000000000100"


async def result_ids(session: AsyncSession, viewer: Person, goal_id: int) -> list[int]:
    reading = await goals.read(session, viewer, goal_id, now=NOW)
    return [result.id for result in reading.key_results]


# Saying how it stands


async def test_progress_follows_from_the_key_results(session: AsyncSession, ana: Person) -> None:
    milestones = NewKeyResult(
        "Launch", Measure.MILESTONES, milestones=(Milestone("Prefill"), Milestone("Ship", weight=3))
    )
    done = NewKeyResult("Handbook written", Measure.YES_NO)
    goal_id = await set_goal(session, ana, key_results=(TICKETS, milestones, done))
    tickets, launch, handbook = await result_ids(session, ana, goal_id)
    change = Update(goal_id, 1, Confidence.ON_TRACK, {tickets: 30, handbook: 1}, {launch: frozenset({0})})
    await goals.update(session, ana, change, now=NOW + HOUR)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert reading.summary.progress == pytest.approx((0.5 + 0.25 + 1) / 3)
    assert (reading.summary.version, reading.summary.touched_at) == (2, NOW + HOUR)
    assert reading.history.items[0].change == {
        str(tickets): [40, 30],
        str(handbook): [0, 1],
        str(launch): [[], [0]],
    }


async def test_confidence_is_the_owner_s_word_whatever_the_numbers_say(
    session: AsyncSession, ana: Person
) -> None:
    goal_id = await set_goal(session, ana, key_results=(TICKETS,))
    (tickets,) = await result_ids(session, ana, goal_id)
    await goals.update(session, ana, Update(goal_id, 1, Confidence.OFF_TRACK, {tickets: 20}), now=NOW)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert (reading.summary.progress, reading.summary.confidence) == (1, "off_track")
    assert reading.pace_hint is None  # on its first day there is no pace
    later = await goals.read(session, ana, goal_id, now=NOW + 20 * DAY)
    assert later.pace_hint == "on_track"


async def test_the_second_of_two_is_told_what_the_first_one_set(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    cem = await a_person("Cem")
    goal_id = await set_goal(session, ana, co_owner_ids=(cem.id,))
    await goals.update(session, ana, Update(goal_id, 1, Confidence.AT_RISK, progress=0.6), now=NOW)
    with pytest.raises(Conflict, match=r"Ana changed this goal at 15:00 on 18 November.*60 %, at risk"):
        await goals.update(session, cem, Update(goal_id, 1, progress=0.2), now=NOW)
    await goals.update(session, cem, Update(goal_id, 2, progress=0.2), now=NOW)
    assert (await goals.read(session, ana, goal_id, now=NOW)).summary.progress == 0.2


async def test_no_change_is_news_too(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    later = NOW + timedelta(days=7)
    await goals.report_no_change(session, ana, goal_id, seen=1, now=later)
    reading = await goals.read(session, ana, goal_id, now=later)
    assert (reading.summary.touched_at, reading.summary.version) == (later, 1)
    assert reading.history.items[0].deed == Deed.LEFT_AS_IT_IS


@pytest.mark.parametrize("worry", [Confidence.AT_RISK, Confidence.OFF_TRACK])
async def test_trouble_reaches_the_manager_the_same_day_and_once(
    session: AsyncSession, ana: Person, ben: Person, worry: Confidence
) -> None:
    goal_id = await set_goal(session, ana)
    for version in (1, 2):
        await goals.update(session, ana, Update(goal_id, version, worry, note="canary"), now=NOW)
    notification = (
        await session.scalars(select(Notification).where(Notification.kind == "goals.off_track"))
    ).one()
    assert (notification.person_id, notification.due_at, notification.subject) == (
        ben.id,
        NOW,
        {"goal": goal_id},
    )


async def test_only_owners_say_how_it_stands(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    goal_id = await set_goal(session, ana)
    for other in (ben, hana):
        with pytest.raises(NotAllowed):
            await goals.update(session, other, Update(goal_id, 1, Confidence.OFF_TRACK), now=NOW)


async def test_progress_cannot_be_set_over_the_key_results_heads(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana, key_results=(TICKETS,))
    with pytest.raises(Invalid) as refused:
        await goals.update(session, ana, Update(goal_id, 1, progress=0.9), now=NOW)
    assert refused.value.field == "progress"


async def test_the_values_of_another_goal_are_refused(session: AsyncSession, ana: Person) -> None:
    other = await set_goal(session, ana, key_results=(TICKETS,))
    goal_id = await set_goal(session, ana, key_results=(TICKETS,))
    (foreign,) = await result_ids(session, ana, other)
    with pytest.raises(Invalid) as refused:
        await goals.update(session, ana, Update(goal_id, 1, values={foreign: 1}), now=NOW)
    assert refused.value.field == f"key_results.{foreign}"


async def test_a_check_in_asks_about_three_goals_those_without_a_word_for_longest_first(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    ids = [await set_goal(session, ana, f"Goal {number}") for number in range(4)]
    await goals.agree(session, ben, ids[3], seen=1, now=NOW)
    await goals.report_no_change(session, ana, ids[0], seen=1, now=NOW + HOUR)
    await set_goal(session, ana, "Next quarter's", period="Q1 2027")
    asked = await goals.for_checkin(session, ana, now=NOW + HOUR)
    assert [goal.goal_id for goal in asked] == [ids[3], ids[1], ids[2]]


# Trouble


async def test_trouble_that_grows_takes_the_place_of_what_was_not_said_yet(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    for version, confidence in enumerate((Confidence.AT_RISK, Confidence.OFF_TRACK), start=1):
        await goals.update(session, ana, Update(goal_id, version, confidence), now=NOW)
    rows = await session.scalars(
        select(Notification).where(Notification.kind == "goals.off_track").order_by(Notification.id)
    )
    states = []
    for notification in rows:
        await session.refresh(notification)
        states.append(notification.state)
    assert states == ["skipped", "planned"]


async def test_trouble_that_is_over_is_not_told_any_more(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.update(session, ana, Update(goal_id, 1, Confidence.OFF_TRACK, note="Parts are late"), now=NOW)
    reading = await goals.trouble(session, ben, goal_id, now=NOW)
    assert reading is not None
    assert reading.history.items[0].note == "Parts are late"
    await goals.update(session, ana, Update(goal_id, 2, Confidence.ON_TRACK), now=NOW)
    assert await goals.trouble(session, ben, goal_id, now=NOW) is None


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
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=goal_id)
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=goal_id)
    assert await goals.served(session, checkin_id) == goal_id
    with pytest.raises(NotFound):
        await goals.serve(session, ben, checkin_id=checkin_id, goal_id=goal_id)
    await goals.serve(session, ana, checkin_id=checkin_id, goal_id=None)
    assert await goals.served(session, checkin_id) is None

"""The rules of goals, on both databases: set, agreed, updated, aligned, seen by whom they are open to."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Conflict, Invalid, NotAllowed, NotFound
from bot.models import Department, Notice, Person, PersonKind
from bot.models.goals import (
    Confidence,
    Deed,
    GoalState,
    Level,
    Measure,
    Milestone,
    NewGoal,
    NewKeyResult,
    Update,
    Visibility,
)
from bot.services import goals, people
from tests.conftest import NOW, PersonBuilder

HOUR = timedelta(hours=1)
TICKETS = NewKeyResult("Tickets per week", start=40, target=20)


async def set_goal(session: AsyncSession, me: Person, title: str = "Fewer tickets", **values: Any) -> int:
    return await goals.create(session, me, NewGoal(title, **values), now=NOW)


async def told(session: AsyncSession) -> list[tuple[str, int]]:
    rows = await session.execute(select(Notice.kind, Notice.person_id).order_by(Notice.id))
    return [(kind, person_id) for kind, person_id in rows]


async def result_ids(session: AsyncSession, viewer: Person, goal_id: int) -> list[int]:
    reading = await goals.read(session, viewer, goal_id, now=NOW)
    return [result.id for result in reading.key_results]


@pytest.fixture
async def ben(a_person: PersonBuilder) -> Person:
    return await a_person("Ben")


@pytest.fixture
async def ana(a_person: PersonBuilder, ben: Person) -> Person:
    return await a_person("Ana", manager=ben)


@pytest.fixture
async def hana(session: AsyncSession, a_person: PersonBuilder) -> Person:
    person = await a_person("Hana")
    await people.grant_hr(session, person, now=NOW)
    return person


# Setting and agreeing


async def test_a_new_goal_lasts_a_quarter_and_asks_the_manager(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana, key_results=(TICKETS,))
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert (reading.line.period, str(reading.line.starts_on), str(reading.line.ends_on)) == (
        "Q4 2026",
        "2026-10-01",
        "2026-12-31",
    )
    assert (reading.line.state, reading.state_by, reading.line.progress) == ("proposed", "Ana", 0)
    assert await told(session) == [("goals.proposed", ben.id)]


async def test_looks_good_makes_it_agreed_and_tells_its_owner(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ana)
    await goals.agree(session, ben, goal_id, seen=1, now=NOW + HOUR)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert (reading.line.state, reading.state_by, reading.state_since) == ("agreed", "Ben", NOW + HOUR)
    assert (await told(session))[1:] == [("goals.answered", ana.id)]
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
    latest = reading.history.moments[0]
    assert (reading.line.state, latest.by, latest.note) == ("change_suggested", "Ben", "Measure it")


async def test_a_goal_set_by_the_manager_asks_its_owner(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    goal_id = await set_goal(session, ben, owner_id=ana.id)
    assert await told(session) == [("goals.proposed", ana.id)]
    with pytest.raises(NotAllowed):
        await goals.agree(session, ben, goal_id, seen=1, now=NOW)
    await goals.agree(session, ana, goal_id, seen=1, now=NOW)


async def test_nobody_agrees_to_their_own_goal(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    with pytest.raises(NotAllowed):
        await goals.agree(session, ana, goal_id, seen=1, now=NOW)


async def test_without_a_manager_a_goal_is_agreed_at_once(session: AsyncSession, ben: Person) -> None:
    goal_id = await set_goal(session, ben)
    assert (await goals.read(session, ben, goal_id, now=NOW)).line.state == GoalState.AGREED
    assert await told(session) == []


async def test_the_company_s_goals_are_set_by_hr_alone(
    session: AsyncSession, ana: Person, hana: Person
) -> None:
    with pytest.raises(Invalid) as refused:
        await set_goal(session, ana, level=Level.COMPANY)
    assert refused.value.field == "level"
    goal_id = await set_goal(session, hana, level=Level.COMPANY)
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.state == GoalState.AGREED


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
    assert (await goals.draft(session, ben, now=NOW)).departments == (sales, within)
    goal_id = await set_goal(session, ben, level=Level.DEPARTMENT, department_id=within.id)
    assert (await goals.read(session, ana, goal_id, now=NOW)).department == "Sales / Europe"


async def test_the_draft_offers_what_one_may_set_and_says_who_agrees(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    draft = await goals.draft(session, ana, now=NOW)
    assert (draft.levels, draft.manager) == ((Level.TEAM, Level.PERSON), ben)
    assert [period.name for period in draft.periods] == ["Q4 2026", "Q1 2027"]
    assert Level.COMPANY in (await goals.draft(session, hana, now=NOW)).levels
    for _ in range(3):
        await set_goal(session, ana)
    assert (await goals.draft(session, ana, now=NOW)).is_many


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
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.progress == 1


async def test_guests_set_no_goals(session: AsyncSession, a_person: PersonBuilder) -> None:
    guest = await a_person("Gus", kind=PersonKind.GUEST)
    with pytest.raises(NotAllowed):
        await goals.draft(session, guest, now=NOW)
    with pytest.raises(Invalid):
        await set_goal(session, guest)


# Saying how it stands


async def test_progress_follows_from_the_key_results(session: AsyncSession, ana: Person) -> None:
    milestones = NewKeyResult(
        "Launch", Measure.MILESTONES, milestones=(Milestone("Draft"), Milestone("Ship", weight=3))
    )
    done = NewKeyResult("Handbook written", Measure.YES_NO)
    goal_id = await set_goal(session, ana, key_results=(TICKETS, milestones, done))
    tickets, launch, handbook = await result_ids(session, ana, goal_id)
    change = Update(goal_id, 1, Confidence.ON_TRACK, {tickets: 30, handbook: 1}, {launch: frozenset({0})})
    await goals.update(session, ana, change, now=NOW + HOUR)
    reading = await goals.read(session, ana, goal_id, now=NOW)
    assert reading.line.progress == pytest.approx((0.5 + 0.25 + 1) / 3)
    assert (reading.line.version, reading.line.touched_at) == (2, NOW + HOUR)
    assert reading.history.moments[0].change == {
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
    assert (reading.line.progress, reading.line.confidence) == (1, "off_track")
    assert reading.pace_hint == "on_track"


async def test_the_second_of_two_is_told_what_the_first_one_set(
    session: AsyncSession, a_person: PersonBuilder, ana: Person
) -> None:
    cem = await a_person("Cem")
    goal_id = await set_goal(session, ana, co_owner_ids=(cem.id,))
    await goals.update(session, ana, Update(goal_id, 1, Confidence.AT_RISK, progress=0.6), now=NOW)
    with pytest.raises(Conflict, match=r"Ana changed this goal at 15:00 on 18 November.*0\.6, at risk"):
        await goals.update(session, cem, Update(goal_id, 1, progress=0.2), now=NOW)
    await goals.update(session, cem, Update(goal_id, 2, progress=0.2), now=NOW)
    assert (await goals.read(session, ana, goal_id, now=NOW)).line.progress == 0.2


async def test_no_change_is_news_too(session: AsyncSession, ana: Person) -> None:
    goal_id = await set_goal(session, ana)
    later = NOW + timedelta(days=7)
    await goals.leave_as_it_is(session, ana, goal_id, seen=1, now=later)
    reading = await goals.read(session, ana, goal_id, now=later)
    assert (reading.line.touched_at, reading.line.version) == (later, 1)
    assert reading.history.moments[0].deed == Deed.LEFT_AS_IT_IS


@pytest.mark.parametrize("worry", [Confidence.AT_RISK, Confidence.OFF_TRACK])
async def test_trouble_reaches_the_manager_the_same_day_and_once(
    session: AsyncSession, ana: Person, ben: Person, worry: Confidence
) -> None:
    goal_id = await set_goal(session, ana)
    for version in (1, 2):
        await goals.update(session, ana, Update(goal_id, version, worry, note="canary"), now=NOW)
    notice = (await session.scalars(select(Notice).where(Notice.kind == "goals.off_track"))).one()
    assert (notice.person_id, notice.due_at, notice.subject) == (ben.id, NOW, {"goal": goal_id})


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
    await goals.leave_as_it_is(session, ana, ids[0], seen=1, now=NOW + HOUR)
    await set_goal(session, ana, "Next quarter's", period="Q1 2027")
    asked = await goals.for_checkin(session, ana, now=NOW + HOUR)
    assert [line.goal_id for line in asked] == [ids[3], ids[1], ids[2]]


# Who sees it


async def test_a_limited_goal_reads_like_a_missing_one_to_others(
    session: AsyncSession, a_person: PersonBuilder, ana: Person, ben: Person, hana: Person
) -> None:
    pia, cem = await a_person("Pia"), await a_person("Cem")
    goal_id = await set_goal(session, ana, visibility=Visibility.LIMITED, co_owner_ids=(cem.id,))
    with pytest.raises(NotFound) as hidden:
        await goals.read(session, pia, goal_id, now=NOW)
    with pytest.raises(NotFound) as missing:
        await goals.read(session, pia, 999_999, now=NOW)
    assert hidden.value.sentence == missing.value.sentence
    for reader in (ana, ben, cem, hana):
        assert (await goals.read(session, reader, goal_id, now=NOW)).readers == ("Ana", "Cem", "Ben", "HR")
    assert (await goals.tree(session, pia, now=NOW)).total == 0
    assert (await goals.tree(session, hana, now=NOW)).total == 1


# Aligning


async def test_a_goal_hangs_under_its_parent_in_the_tree(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    company = await set_goal(session, hana, "Grow", level=Level.COMPANY)
    team = await set_goal(session, ben, "Sell", level=Level.TEAM, parent_id=company)
    own = await set_goal(session, ana, "Call", parent_id=team)
    loose = await set_goal(session, ana, "Learn")
    tree = await goals.tree(session, ana, now=NOW)
    assert [(one.line.goal_id, one.depth, one.below) for one in tree.lines] == [
        (company, 0, 2),
        (team, 1, 1),
        (own, 2, 0),
        (loose, 0, 0),
    ]
    branch = await goals.tree(session, ana, under=team, now=NOW)
    assert [one.line.goal_id for one in branch.lines] == [team, own]
    assert [line.goal_id for line in branch.under] == [company, team]
    top = await goals.top(session, ana, now=NOW)
    assert [(one.line.goal_id, one.depth) for one in top] == [(company, 0), (team, 1)]


async def test_links_that_would_close_a_circle_are_refused(session: AsyncSession, ana: Person) -> None:
    top = await set_goal(session, ana, "Top")
    middle = await set_goal(session, ana, "Middle", parent_id=top)
    bottom = await set_goal(session, ana, "Bottom", parent_id=middle)
    for parent_id in (bottom, middle, top):
        with pytest.raises(Invalid, match="circle"):
            await goals.align(session, ana, top, parent_id=parent_id, now=NOW)
    offered = await goals.parents_on_offer(session, ana, goal_id=middle, now=NOW)
    assert [line.goal_id for line in offered] == [top]


async def test_a_goal_cannot_hang_under_a_narrower_one(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    own = await set_goal(session, ana)
    with pytest.raises(Invalid) as refused:
        await set_goal(session, ben, level=Level.TEAM, parent_id=own)
    assert refused.value.field == "parent"


async def test_parents_are_found_by_their_words_whatever_is_typed(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    found = await set_goal(session, ben, "Grow by 10%")
    await set_goal(session, ben, "Grow by 100")
    offered = await goals.parents_on_offer(session, ana, words="BY 10%", now=NOW)
    assert [line.goal_id for line in offered] == [found]

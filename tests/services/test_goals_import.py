"""A sheet becomes goals: every mistake named at once, all of it added or nothing, and nothing added twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Invalid, NotAllowed
from bot.models import Goal, GoalEvent, KeyResult, Notification, Person
from bot.models.goals import Measure, NewGoal
from bot.services import goals, goals_import
from bot.services.goals_import import ImportPlan
from bot.services.goals_import.sheet import read_sheet
from bot.services.tables import csv_records
from tests.conftest import NOW, PersonBuilder
from tests.services.goals.builders import AFTER

COLUMNS = (
    *("owner_email", "level", "title", "kind", "period", "key_result", "start", "target", "unit", "measure"),
    *("parent_title", "visibility"),
)
HEADER = ",".join(COLUMNS)
SHEET = f"""{HEADER}
hana@example.com,company,Grow in Portugal,aspirational,Q4 2026,Customers,"1 200",2k,,,,
hana@example.com,company,Grow in Portugal,,Q4 2026,Churn,"4,5 %",3 %,%,metric,,
hana@example.com,company,Grow in Portugal,,Q4 2026,Margin,30,30,%,hold,,
ana@example.com,person,Fewer support tickets,,,Tickets per week,40,20,,,Grow in Portugal,limited
ana@example.com,,Learn Portuguese,learning,Q1 2027,B1 certificate,,,,,,
"""


async def planned(session: AsyncSession, hana: Person, text: str) -> ImportPlan:
    return await goals_import.plan(session, hana, csv_records(text), now=NOW)


async def bring(session: AsyncSession, hana: Person, text: str) -> ImportPlan:
    plan = await planned(session, hana, text)
    assert plan.problems == ()
    await goals_import.apply(session, hana, plan, now=NOW)
    return plan


async def mistakes(session: AsyncSession, hana: Person, *lines: str) -> list[str]:
    plan = await planned(session, hana, "\n".join((HEADER, *lines)))
    assert plan.new == ()
    return [str(problem) for problem in plan.problems]


async def the_goal(session: AsyncSession, title: str) -> Goal:
    return (await session.scalars(select(Goal).where(Goal.title == title))).one()


async def key_results(session: AsyncSession, goal: Goal) -> list[tuple[Any, ...]]:
    rows = select(KeyResult.title, KeyResult.measure, KeyResult.start, KeyResult.target, KeyResult.unit)
    found = await session.execute(rows.where(KeyResult.goal_id == goal.id).order_by(KeyResult.id))
    return [tuple(row) for row in found]


async def count(session: AsyncSession, model: type[Any]) -> int:
    return await session.scalar(select(func.count(model.id))) or 0


async def test_a_sheet_becomes_goals_with_key_results_and_parents(
    session: AsyncSession, hana: Person, ana: Person
) -> None:
    plan = await bring(session, hana, SHEET)
    assert (len(plan.new), plan.unchanged) == (3, 0)
    grow = await the_goal(session, "Grow in Portugal")
    assert (grow.level, grow.kind, grow.state, grow.owner_id) == (
        "company",
        "aspirational",
        "agreed",
        hana.id,
    )
    assert await key_results(session, grow) == [
        ("Customers", Measure.METRIC, 1200, 2000, ""),
        ("Churn", Measure.METRIC, 4.5, 3, "%"),
        ("Margin", Measure.HOLD, 30, 30, "%"),
    ]
    tickets = await the_goal(session, "Fewer support tickets")
    assert (tickets.parent_id, tickets.visibility, tickets.period) == (grow.id, "limited", "Q4 2026")
    learn = await the_goal(session, "Learn Portuguese")
    assert await key_results(session, learn) == [("B1 certificate", Measure.YES_NO, 0, 1, "")]
    assert (learn.level, learn.period, str(learn.ends_on)) == ("person", "Q1 2027", "2027-03-31")


async def test_an_import_leaves_a_line_of_history_and_tells_nobody(
    session: AsyncSession, hana: Person, ana: Person
) -> None:
    await bring(session, hana, SHEET)
    assert await count(session, GoalEvent) == 3
    assert await count(session, Notification) == 0
    reading = await goals.read(session, ana, (await the_goal(session, "Learn Portuguese")).id, now=NOW)
    assert reading.history.items[0].note == "Brought in from a file."


async def test_the_same_file_again_adds_nothing(session: AsyncSession, hana: Person, ana: Person) -> None:
    await bring(session, hana, SHEET)
    again = await bring(session, hana, SHEET)
    assert (again.new, again.unchanged) == ((), 3)
    assert (await count(session, Goal), await count(session, KeyResult)) == (3, 5)


async def test_a_dry_run_writes_nothing(session: AsyncSession, hana: Person, ana: Person) -> None:
    assert len((await planned(session, hana, SHEET)).new) == 3
    assert await count(session, Goal) == 0


async def test_what_is_there_is_never_changed(session: AsyncSession, hana: Person, ana: Person) -> None:
    await bring(session, hana, SHEET)
    told = await mistakes(
        session,
        hana,
        "ana@example.com,,Fewer support tickets,aspirational,,Tickets per week,40,10,,,,",
        "ana@example.com,,Learn Portuguese,,Q1 2027,A poem by heart,,,,,,",
        "ana@example.com,,Something new,,,,,,,,,",
    )
    assert [line.split(" An import")[0] for line in told] == [
        "line 2, kind: This goal is there, and says committed.",
        'line 2, target: "Tickets per week" is there, as 40 → 20.',
        'line 3, key_result: This goal is there, without the key result "A poem by heart".',
    ]
    assert await count(session, Goal) == 3


async def test_every_mistake_is_named_with_its_line_and_column(
    session: AsyncSession, hana: Person, a_person: PersonBuilder
) -> None:
    await a_person("Gus", email="gus@example.com", deactivated_at=NOW)
    told = await mistakes(
        session,
        hana,
        "hana@example.com,galaxy,One,urgent,,,,,,,,secret",
        "hana@example.com,,Two,,,Customers,1.500,1.5,,,,",
        "hana@example.com,,Three,,,Customers,5,5,,,,",
        "hana@example.com,,Four,,,Customers,,5,,,,",
        "hana@example.com,,Five,,,Churn,5 %,3 %,,,,",
        "hana@example.com,,Six,,,,1,,,,,",
        "who@example.com,,Seven,,,,,,,,,",
        "gus@example.com,,Eight,,,,,,,,,",
        "hana@example.com,,Nine,,Q3 2026,,,,,,,",
        "hana@example.com,,Ten,,Next week,,,,,,,",
        "hana@example.com,department,Eleven,,,,,,,,,",
        "hana@example.com,company,Twelve,,,,,,,,,limited",
        "hana@example.com,,Thirteen,,,,,,,,No such goal,",
        ",,,,,Customers,1,2,k,,,",
    )
    assert [line.partition(". ")[0] for line in told] == [
        'line 2, level: "galaxy" is none of these: company, department, team, person.',
        'line 2, kind: "urgent" is none of these: committed, aspirational, learning.',
        'line 2, visibility: "secret" is none of these: open, limited.',
        'line 3, start: "1.500": This can be read as two different numbers',
        "line 4, target: is the same as start, so there is no way to go",
        "line 5, start: is empty",
        'line 6, start: "5 %": This is not counted in %, so write the number itself, such as 1500 or 1.5.',
        'line 6, target: "3 %": This is not counted in %, so write the number itself, such as 1500 or 1.5.',
        "line 7, start: measures nothing: the key_result of this line is empty.",
        'line 8, owner_email: "who@example.com" is not in the directory.',
        "line 9, owner_email: Gus is no longer active",
        "line 10, period: Q3 2026 is over",
        "line 11, period: There is no such period",
        "line 12, level: Hana is in no department, so this cannot be a goal of theirs.",
        "line 13, visibility: Only a person's own goal can be limited",
        'line 14, parent_title: "No such goal" is no open goal, here or in this file',
        'line 15, unit: "k": Write a unit such as %, €, hours or customers, not a number.',
        "line 15, owner_email: is empty",
        "line 15, title: is empty",
    ]


async def test_lines_of_one_goal_agree_with_each_other(session: AsyncSession, hana: Person) -> None:
    told = await mistakes(
        session,
        hana,
        "hana@example.com,,Grow,committed,,Customers,1,2,,,,",
        "hana@example.com,,GROW,aspirational,,Churn,5,3,,,,",
        "hana@example.com,,Grow,,,customers,1,3,,,,",
    )
    assert told == [
        "line 3, kind: is not what line 2 says about the same goal. Write the same, or leave it empty.",
        "line 4, key_result: belongs to the goal of line 2, and adds no key result of its own.",
    ]


async def test_one_quarter_written_in_two_ways_makes_no_two_goals(
    session: AsyncSession, hana: Person
) -> None:
    told = await mistakes(
        session,
        hana,
        "hana@example.com,,Grow,,,Customers,1,2,,,,",
        "hana@example.com,,Grow,,Q4 2026,Churn,5,3,,,,",
    )
    assert told == ["line 3, period: is Q4 2026, which line 2 writes otherwise. Write both alike."]


async def test_what_is_held_counts_from_the_day_of_the_import_and_a_measure_needs_numbers(
    session: AsyncSession, hana: Person
) -> None:
    await bring(session, hana, f"{HEADER}\nhana@example.com,,Stay up,,,Uptime,99.9,99.9,%,hold,,\n")
    goal = await the_goal(session, "Stay up")
    at_first = await goals.read(session, hana, goal.id, now=NOW)
    at_last = await goals.read(session, hana, goal.id, now=AFTER)
    assert (at_first.summary.progress, at_last.summary.progress) == (0, 1)
    told = await mistakes(session, hana, "hana@example.com,,Sell,,,Orders,,,,metric,,")
    assert told[0].startswith("line 2, measure: needs numbers")


async def test_a_parent_is_never_chosen_between_two(session: AsyncSession, hana: Person, ana: Person) -> None:
    await goals.create(session, ana, NewGoal("Grow"), now=NOW)
    told = await mistakes(
        session,
        hana,
        "hana@example.com,,grow,,,,,,,,,",
        "ana@example.com,,Sell more,,,,,,,,Grow,",
        "hana@example.com,company,Be known,,,,,,,,sell MORE,",
    )
    assert [line.partition(". ")[0] for line in told] == [
        'line 3, parent_title: "Grow" is the title of 2 goals',
        'line 4, parent_title: "sell MORE" is a goal of a lower level (person)',
    ]


async def test_goals_of_a_file_cannot_hang_under_each_other_in_a_circle(
    session: AsyncSession, hana: Person
) -> None:
    told = await mistakes(
        session,
        hana,
        "hana@example.com,,Hen,,,,,,,,Egg,",
        "hana@example.com,,Egg,,,,,,,,Hen,",
        "hana@example.com,,Nest,,,,,,,,Egg,",
    )
    assert told == ['line 2, parent_title: closes a circle: "Hen" → "Egg" → "Hen".']


async def test_a_long_chain_of_parents_is_added_in_its_order(session: AsyncSession, hana: Person) -> None:
    lines = [f"hana@example.com,,Step {n},,,,,,,,Step {n - 1}," for n in range(60, 0, -1)]
    await bring(session, hana, "\n".join((HEADER, "hana@example.com,,Step 0,,,,,,,,,", *lines)))
    last, before = await the_goal(session, "Step 60"), await the_goal(session, "Step 59")
    assert last.parent_id == before.id


async def test_only_hr_brings_goals_in(session: AsyncSession, ana: Person) -> None:
    with pytest.raises(NotAllowed, match="Only HR"):
        await planned(session, ana, SHEET)


async def test_a_plan_with_mistakes_cannot_be_applied(session: AsyncSession, hana: Person) -> None:
    plan = await planned(session, hana, f"{HEADER}\nwho@example.com,,Grow,,,,,,,,,")
    with pytest.raises(Invalid, match="nothing was imported"):
        await goals_import.apply(session, hana, plan, now=NOW)
    assert await count(session, Goal) == 0


async def test_the_length_of_a_file_does_not_cost_statements(
    session: AsyncSession, hana: Person, statements: Any
) -> None:
    few, many = (
        "\n".join((HEADER, *(f"hana@example.com,,{size} {n},,,Customers,1,{n + 2},,,," for n in range(size))))
        for size in (2, 200)
    )
    with statements() as first:
        await bring(session, hana, few)
    with statements() as second:
        await bring(session, hana, many)
    assert second.total <= first.total + 3, second.statements


@given(st.lists(st.lists(st.text(max_size=12), min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=4))
def test_any_sheet_is_read_or_refused(rows: list[list[str]]) -> None:
    records = [(1, list(COLUMNS)), *((line, row) for line, row in enumerate(rows, start=2))]
    sheet = read_sheet(iter(records))
    assert all(goal.title and goal.owner_email for goal in sheet.goals)

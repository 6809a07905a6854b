"""A quarter with a goal: set, agreed, updated, gone quiet, in trouble, closed and carried over."""

from datetime import UTC, datetime

from bot.services import goals
from bot.timetable import in_one_transaction
from tests.routes.goals.builders import CHURN, TICKETS, TITLE, fill_result, readable, set_goal
from tests.routes.steps import live_until
from tests.routes.world import Clock, Company


async def test_a_quarter(acme: Company, clock: Clock) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await set_goal(acme, "Hana Ito", "Customers stay with us", CHURN, level="Company")

    # Set, and linked to the company's
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    await ana.modal.press("More choices")
    await ana.modal.press("Add result")
    fill_result(ana, *TICKETS, place=1)
    fill_result(ana, "Help pages are live", place=2)
    assert await ana.modal.look_up("Which goal does it serve?", "customers") == [
        "Customers stay with us (Company, Hana Ito)",
        "None, on purpose",
    ]
    ana.modal.choose("Which goal does it serve?", "Customers stay with us (Company, Hana Ito)")
    await ana.modal.submit()
    assert "Support tickets per week: 40 → 20 tickets, now 40 tickets · 0 %" in readable(ana.modal.text)
    assert "Help pages are live: not done yet · 0 %" in ana.modal.text
    assert "Customers stay with us" in ana.modal.text
    await ana.modal.close_all()

    # Agreed
    await acme.delivered()
    assert "Ana Silva set a goal" in ben.dm.last.text
    await ben.dm.last.press("Open")
    assert "Proposed by Ana Silva" in ben.modal.text
    await ben.modal.close_all()
    await ben.dm.last.press("Looks good")
    await acme.delivered()
    assert "You agreed to this, 10:00." in ben.dm.last.text
    assert "Ben Okafor agreed to “Half the tickets”." in ana.dm.last.text

    # Updated, week by week
    clock.move(weeks=1)
    await ana.command("/goals")
    await ana.modal.press("Update")
    ana.modal.fill("Support tickets per week", "34")
    ana.modal.choose("How sure are you?", "On track")
    ana.modal.fill("In a sentence", "The search works")
    await ana.modal.submit()
    assert ana.modal.title == "Your goals"
    assert "15 % · On track" in ana.modal.text
    clock.move(weeks=1)
    await ana.modal.press("Update")
    await ana.modal.press("No change")
    assert "Noted: no change." in ana.modal.text
    await ana.modal.close_all()

    # Gone quiet
    await live_until(acme, clock, datetime(2026, 11, 23, 9, 35, tzinfo=UTC))
    home = await ana.open_home()
    assert "“Half the tickets” has been quiet since 19 October" in home.text
    assert any("Goals gone quiet: “Half the tickets” (Ana Silva)." in one.text for one in ben.dm.messages)
    await ben.command("/goals team")
    assert "Off track: 0 · At risk: 0 · Quiet: 1 · Open: 1" in ben.modal.text

    # In trouble
    clock.move(days=1)
    await home.press("Update", beside="has been quiet")
    ana.modal.choose("How sure are you?", "Off track")
    ana.modal.fill("In a sentence", "The vendor left")
    await ana.modal.submit()
    assert "Good that you say so" in ana.modal.text
    assert "Ben Okafor hears of it" in ana.modal.text
    await acme.delivered()
    assert "Ana Silva says a goal is off track." in ben.dm.last.text
    assert "One thing to do: ask Ana Silva what would bring it back" in ben.dm.last.text
    await ben.dm.last.press("Open")
    assert "The vendor left" in ben.modal.text
    await ben.modal.close_all()

    # Over, and carried over
    clock.now = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
    await in_one_transaction(goals.plan_closings)(acme.bot)
    await live_until(acme, clock, datetime(2027, 1, 5, 10, 0, tzinfo=UTC))
    over = next(one for one in ana.dm.messages if "Q4 2026 is over: 1 open goal to close." in one.text)
    await over.press("Open my goals")
    await ana.modal.press("Finish goal")
    ana.modal.choose("What happens to it?", "Carry it over into the next quarter")
    ana.modal.choose("Which score do you propose?", "40 %")
    ana.modal.fill("What came of it?", "Half way; the vendor cost us a month")
    await ana.modal.submit()
    assert "Q1 2027" in ana.modal.text
    await live_until(
        acme, clock, datetime(2027, 1, 8, 17, 0, tzinfo=UTC)
    )  # news leave Ben's own question room
    closed = next(one for one in ben.dm.messages if "Ana Silva carried over a goal at 40 %." in one.text)
    await closed.press("Confirm")
    assert "Half way; the vendor cost us a month" in ben.modal.text
    ben.modal.choose("Which score would you give?", "50 %")
    ben.modal.fill("A word on it", "You learned a lot")
    await ben.modal.submit()
    await acme.delivered()
    assert "Ben Okafor confirmed how “Half the tickets” ended." in ana.dm.last.text
    await ana.command("/goals past")
    await ana.modal.press("Open")
    assert "Ana Silva carried it over at 40 %" in ana.modal.text
    assert "Ben Okafor confirmed it: 50 %" in ana.modal.text
    assert ana.notices == ben.notices == []

"""A quarter with a goal: proposed, answered, updated, in trouble, closed, ended and confirmed."""

from datetime import UTC, datetime

import pytest

from bot.services import goals
from bot.timetable import in_one_transaction
from tests.routes.goals.builders import CHURN, TICKETS, TITLE, fill_result, set_goal
from tests.routes.steps import live_until
from tests.routes.words.conftest import Reads
from tests.routes.world import Clock, Company


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 10, 5, 9, 0, tzinfo=UTC))


async def test_a_quarter(acme: Company, clock: Clock, reads: Reads) -> None:
    ana, ben, hana = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito"))
    await set_goal(acme, "Hana Ito", "Customers stay with us", CHURN, level="Company")
    await ana.command("/goals new")
    reads("goal form", ana.modal)
    await ana.modal.press("More choices")
    reads("goal form with more choices", ana.modal)
    ana.modal.fill(TITLE, "Half the tickets")
    await ana.modal.press("Add result")
    fill_result(ana, *TICKETS, place=1)
    fill_result(ana, "Help pages are live", place=2)
    await ana.modal.submit()
    reads("goal, just set", ana.modal)
    await ana.modal.close_all()
    await acme.delivered()
    reads("goal proposed", ben.dm.last)
    await ben.dm.last.press("Open")
    await ben.modal.press("Suggest a change")
    reads("suggestion form", ben.modal)
    ben.modal.fill("What would you change, and why?", "Half of it is plenty")
    await ben.modal.submit()
    await ben.modal.close_all()
    await acme.delivered()
    reads("change suggested", ana.dm.last)
    await ben.dm.last.press("Open")
    await ben.modal.press("Looks good")
    await ben.modal.close_all()
    await acme.delivered()
    reads("goal agreed", ana.dm.last)

    clock.move(weeks=1)
    await ana.command("/goals")
    reads("list of goals", ana.modal)
    await ana.modal.press("Update")
    reads("update form", ana.modal)
    ana.modal.fill("Support tickets per week", "34")
    ana.modal.choose("How sure are you?", "Off track")
    ana.modal.fill("In a sentence", "The vendor left")
    await ana.modal.submit()
    await ana.modal.close_all()
    await acme.delivered()
    reads("goal off track", ben.dm.last)
    await ben.command("/goals team")
    reads("goals of the team", ben.modal)
    await ben.modal.press("Open")
    reads("goal of a report", ben.modal)
    await ben.modal.close_all()
    home = await hana.open_home()
    await home.press("Goal periods")
    reads("periods", hana.modal)
    await hana.modal.close_all()

    clock.now = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
    await in_one_transaction(goals.plan_closings)(acme.bot)
    await live_until(acme, clock, datetime(2027, 1, 5, 10, 0, tzinfo=UTC))
    over = next(one for one in ana.dm.messages if "Q4 2026 is over" in one.text)
    reads("goals ended", over)
    await over.press("Open my goals")
    await ana.modal.press("Finish goal")
    reads("closing form", ana.modal)
    ana.modal.choose("Which score do you propose?", "40 %")
    ana.modal.fill("What came of it?", "Half way; the vendor cost us a month")
    await ana.modal.submit()
    await ana.modal.close_all()
    await acme.delivered()
    closed = next(one for one in ben.dm.messages if "Ana Silva closed" in one.text)
    reads("goal closed", closed)
    await closed.press("Confirm")
    reads("confirming form", ben.modal)
    await ben.modal.submit()
    await acme.delivered()
    reads("goal confirmed", ana.dm.last)

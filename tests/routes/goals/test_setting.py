"""A goal is set: what cannot be measured or linked is refused with all that was typed."""

from datetime import UTC, datetime

import pytest

from bot.models import Goal, GoalEvent
from tests.routes.forgery import Forged
from tests.routes.goals.builders import CHURN, RESULT, TICKETS, TITLE, count, fill_result, readable, set_goal
from tests.routes.world import Company


async def test_without_goals_every_list_says_what_to_do_next(acme: Company) -> None:
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await ana.command("/goals")
    assert "You have no open goal." in ana.modal.text
    await ana.modal.press("New goal")
    assert ana.modal.title == "New goal"
    await ana.modal.close_all()
    for line, words in {
        "/goals past": "Nothing here yet",
        "/goals team": "Nobody reports to you",
        "/goals company": "No goal is set for this period",
    }.items():
        await pia.command(line)
        assert words in pia.modal.text
        await pia.modal.close_all()
    await pia.command("/goals tema")
    assert "Did you mean /goals team" in pia.ephemeral.last.text


async def test_a_double_press_sets_one_goal_and_updates_once(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    fill_result(ana, *TICKETS)
    await ana.modal.submit(times=2)
    assert await count(acme, Goal) == 1
    await ana.command("/goals")
    await ana.modal.press("Update")
    ana.modal.choose("How sure are you?", "On track")
    await ana.modal.submit(times=2)
    assert await count(acme, GoalEvent) == 2
    assert ana.notices == []


@pytest.mark.parametrize(
    ("result", "field", "sentence"),
    [
        (("Tickets", "40", "40"), "To", "Start and target are the same"),
        (("Tickets", "1.500", "20"), "From", "This can be read as two different numbers"),
        (("Tickets", "some", "3"), "From", "no number I can read"),
        (("Tickets", "40", ""), "To", "Write where it is to be"),
        (("", "40", "20"), RESULT, "Say what is counted"),
    ],
)
async def test_what_cannot_be_measured_is_refused_under_its_field_and_kept(
    acme: Company, result: tuple[str, str, str], field: str, sentence: str
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    fill_result(ana, *result)
    await ana.modal.submit()
    assert list(ana.modal.errors) == [field]
    assert sentence in ana.modal.errors[field]
    assert "Half the tickets" in ana.modal.text
    assert await count(acme, Goal) == 0


async def test_key_results_are_added_one_by_one_and_keep_what_is_typed(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    fill_result(ana, "Crash rate", "12", "1,5 %")
    await ana.modal.press("Add result")
    await ana.modal.press("Add a number to hold")
    await ana.modal.press("Add steps")
    ana.modal.fill("Result 3: Which number is to be held?", "Uptime")
    ana.modal.fill("Result 3: Hold at", "99,9 %")
    ana.modal.fill("Result 3: Give or take", "0,1")
    ana.modal.fill("Result 4: What will be finished", "Move")
    await ana.modal.submit()
    assert ana.modal.errors == {"Result 4: Steps, one a line": "Name at least one milestone, one a line."}
    ana.modal.fill("Result 4: Steps, one a line", "Schema\nData")
    await ana.modal.submit()
    said = readable(ana.modal.text)
    assert "Crash rate: 12 → 1,5 %, now 12 % · 0 %" in said
    assert "Uptime: hold at 99,9 % ± 0,1, now 99,9 % · held for 0 % of its time" in said
    assert "Move: 0 of 2 milestones; open: Schema, Data" in said


async def test_a_parent_that_was_closed_meanwhile_is_refused_and_the_rest_is_kept(acme: Company) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await set_goal(acme, "Hana Ito", "Customers stay", CHURN, level="Company")
    await ana.command("/goals new")
    await ana.modal.press("More choices")
    ana.modal.fill(TITLE, "Half the tickets")
    await ana.modal.look_up("Which goal does it serve?", "")
    ana.modal.choose("Which goal does it serve?", "Customers stay (Company, Hana Ito)")
    await hana.command("/goals")
    await hana.modal.press("Open")
    await hana.modal.press("Finish goal")
    hana.modal.choose("What happens to it?", "Drop it: it matters no longer")
    hana.modal.fill("What came of it?", "Other plans")
    await hana.modal.submit()
    await ana.modal.submit()
    assert "was closed meanwhile" in ana.modal.errors["Which goal does it serve?"]
    assert "Half the tickets" in ana.modal.text


async def test_whoever_waits_for_somebody_away_reads_when_they_are_back(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await set_goal(acme, "Ana Silva", "Half the tickets", TICKETS)
    await ana.command("/goals")
    await ana.modal.press("Open")
    assert "\nWaits for Ben Okafor\n" in ana.modal.text
    await ana.modal.close_all()
    friday = datetime(2026, 10, 9, 18, 0, tzinfo=UTC)
    await ben.become(
        status_emoji=":palm_tree:", status_text="Vacation", status_expiration=int(friday.timestamp())
    )
    await ana.command("/goals")
    await ana.modal.press("Open")
    assert "Waits for Ben Okafor (away, back on Monday 12 October)" in ana.modal.text
    await ana.modal.close_all()
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "Much")
    ana.modal.fill("What matters most next week?", "More")
    await ana.modal.submit()
    assert "Shared with Ben Okafor (away, back on Monday 12 October)." in ana.modal.text


async def test_a_key_result_of_a_kind_that_no_button_offers_is_refused(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    acme.playground.ground.faults = Forged(actions__0__value='{"week":"2026-11-30"}')
    await ana.modal.press("Add result")
    assert "This button no longer works. Send /goals to start afresh." in ana.modal.text

"""A goal is set: what cannot be measured or linked is refused with all that was typed."""

import pytest

from bot.models import Goal, GoalEvent
from tests.routes.goals.builders import RESULTS, TICKETS, TITLE, count, set_goal
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
    ana.modal.fill(RESULTS, TICKETS)
    await ana.modal.submit(times=2)
    assert await count(acme, Goal) == 1
    await ana.command("/goals")
    await ana.modal.press("Update")
    ana.modal.choose("How sure are you?", "On track")
    await ana.modal.submit(times=2)
    assert await count(acme, GoalEvent) == 2
    assert ana.notices == []


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ("Tickets: 40 → 40", "Start and target are the same"),
        ("Pilot is live\nTickets: 1.500 → 20", "Line 2: This can be read as two different numbers"),
        ("Tickets: some → fewer, by 3", "no number I can read"),
        ("Tickets 40 → 20", "Write it like"),
    ],
)
async def test_what_cannot_be_measured_is_refused_under_its_field_and_kept(
    acme: Company, results: str, sentence: str
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    ana.modal.fill(RESULTS, results)
    await ana.modal.submit()
    (field,) = ana.modal.errors
    assert field.startswith(RESULTS)
    assert sentence in ana.modal.errors[field]
    assert "Half the tickets" in ana.modal.text
    assert await count(acme, Goal) == 0


async def test_a_parent_that_was_closed_meanwhile_is_refused_and_the_rest_is_kept(acme: Company) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await set_goal(acme, "Hana Ito", "Customers stay", "Churn: 5 % → 3 %", level="Company")
    await ana.command("/goals new")
    await ana.modal.press("More choices")
    ana.modal.fill(TITLE, "Half the tickets")
    await ana.modal.look_up("Which goal does it serve?", "")
    ana.modal.choose("Which goal does it serve?", "Customers stay (Company, Hana Ito)")
    await hana.command("/goals")
    await hana.modal.press("Open")
    await hana.modal.press("Close")
    hana.modal.choose("What happens to it?", "Drop it: it matters no longer")
    hana.modal.fill("What came of it?", "Other plans")
    await hana.modal.submit()
    await ana.modal.submit()
    assert "was closed meanwhile" in ana.modal.errors["Which goal does it serve?"]
    assert "Half the tickets" in ana.modal.text

"""What somebody suggests, and what changes with its history."""

from tests.routes.goals.builders import CHURN, TITLE, agreed_goal, readable, set_goal
from tests.routes.world import Company


async def test_a_suggested_change_reaches_the_owner_who_decides(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await set_goal(acme, "Ana Silva")
    await acme.delivered()
    await ben.dm.last.press("Suggest a change")
    ben.modal.fill("What would you change, and why?", "20 is a lot; start with 30")
    await ben.modal.submit()
    await acme.delivered()
    assert "You suggested a change, 10:00." in ben.dm.last.text
    assert "Ben Okafor suggests a change" in ana.dm.last.text
    assert "start with 30" not in ana.dm.last.text + ana.dm.last.notification
    await ana.dm.last.press("Open")
    assert "20 is a lot; start with 30" in ana.modal.text
    await ana.modal.choose_overflow("Change or drop a key result")
    ana.modal.fill("To, or hold at", "30")
    await ana.modal.submit()
    assert "40 → 30 tickets, now 40 tickets" in readable(ana.modal.text)
    assert "Proposed by Ana Silva" in ana.modal.text


async def test_words_link_key_results_and_owner_change_with_their_history(acme: Company) -> None:
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await agreed_goal(acme)
    await ana.command("/goals")
    await ana.modal.press("Open")
    await ana.modal.choose_overflow("Change its words")
    ana.modal.fill(TITLE, "A third of the tickets")
    ana.modal.fill("What else is good to know?", "Without the ones about prices")
    await ana.modal.submit()
    assert "title: “Half the tickets” → “A third of the tickets”" in ana.modal.text
    await ana.modal.choose_overflow("Add a key result")
    await ana.modal.press("Add steps")
    ana.modal.fill("What will be finished", "Pilot")
    ana.modal.fill("Steps, one a line", "design\nbuild")
    await ana.modal.submit()
    assert "Pilot: 0 of 2 milestones; open: design, build" in ana.modal.text
    await ana.modal.choose_overflow("Change or drop a key result")
    ana.modal.choose("Which one?", "Pilot")
    ana.modal.choose("What happens to it?", "It counts no more")
    await ana.modal.submit()
    assert "Say in a sentence why it no longer counts" in ana.modal.errors["Why? It stays in the history"]
    ana.modal.fill("Why?", "Done by another team")
    await ana.modal.submit()
    assert "Dropped: Pilot · Done by another team" in ana.modal.text
    await ana.modal.choose_overflow("Hand it over")
    ana.modal.pick_person("Who owns it from now on?", "Pia Lund")
    await ana.modal.submit()
    await acme.delivered()
    assert "Ana Silva has a goal for you: do you see it the same way?" in pia.dm.last.text
    home = await pia.open_home()
    assert "“A third of the tickets” was set for you." in home.text
    await pia.command("/goals")
    assert "A third of the tickets" in pia.modal.text


async def test_a_link_made_from_home_takes_its_line_off_home(acme: Company) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await set_goal(acme, "Hana Ito", "Customers stay", CHURN, level="Company")
    await set_goal(acme, "Ana Silva")
    await ana.command("/goals")
    await ana.modal.press("Open")
    await ana.modal.choose_overflow("Link to a goal above")
    await ana.modal.look_up("Which goal does it serve?", "")
    ana.modal.choose("Which goal does it serve?", "Customers stay (Company, Hana Ito)")
    await ana.modal.submit()
    assert "Serves\nCustomers stay" in ana.modal.text
    await ana.modal.close_all()
    await hana.command("/goals")
    await hana.modal.press("Open")
    await hana.modal.press("Finish goal")
    hana.modal.choose("What happens to it?", "Drop it: it matters no longer")
    hana.modal.fill("What came of it?", "Other plans")
    await hana.modal.submit()

    home = await ana.open_home()
    assert "“Half the tickets” served a goal that is closed." in home.text
    await home.press("Link", beside="served a goal that is closed")
    await ana.modal.look_up("Which goal does it serve?", "")
    ana.modal.choose("Which goal does it serve?", "None, on purpose")
    await ana.modal.submit()
    assert "served a goal that is closed" not in ana.home.text

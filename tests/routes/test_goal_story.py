"""A quarter with goals: set, agreed, updated week by week, gone quiet, in trouble, closed and carried over."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from bot import jobs
from bot.models import Goal, GoalEvent, GoalEvidence, Person
from bot.models.goals import GoalState
from tests.routes.steps import live_until
from tests.routes.world import Clock, Company

OCTOBER = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)  # a Monday morning, early in the quarter
TITLE, RESULTS = "What will be true at the end?", "How will you see it?"
TICKETS = "Support tickets per week: 40 → 20 tickets"


@pytest.fixture
def clock() -> Clock:
    return Clock(OCTOBER)


async def set_goal(
    company: Company, name: str, title: str = "Half the tickets", results: str = TICKETS, level: str = ""
) -> None:
    person = company.slack.person(name)
    await person.command("/goals new")
    person.modal.fill(TITLE, title)
    person.modal.fill(RESULTS, results)
    if level:
        person.modal.choose("Whose goal is it?", level)
    await person.modal.submit()
    assert person.modal.title == "Goal", person.modal.text
    await person.modal.close_all()


async def agreed_goal(company: Company, name: str = "Ana Silva", title: str = "Half the tickets") -> None:
    """With the manager's "Looks good", and once said to be on track."""
    await set_goal(company, name, title)
    await company.delivered()
    await company.slack.person("Ben Okafor").dm.last.press("Looks good")
    await company.delivered()
    await update(company, name, "31", "On track")


async def update(company: Company, name: str, tickets: str, confidence: str, note: str = "") -> None:
    person = company.slack.person(name)
    await person.command("/goals")
    await person.modal.press("Update")
    person.modal.fill("Support tickets per week", tickets)
    person.modal.choose("How sure are you?", confidence)
    person.modal.fill("In a sentence", note)
    await person.modal.submit()
    assert not person.modal.errors
    await person.modal.close_all()


async def test_a_quarter(acme: Company, clock: Clock) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await set_goal(acme, "Hana Ito", "Customers stay with us", "Churn: 5 % → 3 %", level="Company")

    # Set, and linked to the company's
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    await ana.modal.press("More choices")
    ana.modal.fill(RESULTS, f"{TICKETS}\nHelp pages are live")
    assert await ana.modal.look_up("Which goal does it serve?", "customers") == [
        "Customers stay with us (Company, Hana Ito)",
        "None, on purpose",
    ]
    ana.modal.choose("Which goal does it serve?", "Customers stay with us (Company, Hana Ito)")
    await ana.modal.submit()
    assert "Support tickets per week: 40 tickets, from 40 to 20 tickets · 0.0" in readable(ana.modal.text)
    assert "Help pages are live: not done yet · 0.0" in ana.modal.text
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
    assert "Agreed by Ben Okafor: “Half the tickets”." in ben.dm.last.text
    assert "Ben Okafor agreed to “Half the tickets”." in ana.dm.last.text

    # Updated, week by week
    clock.move(weeks=1)
    await ana.command("/goals")
    await ana.modal.press("Update")
    ana.modal.fill("How far are the key results?", "Tickets: 34\nHelp pages: no")
    ana.modal.choose("How sure are you?", "On track")
    ana.modal.fill("In a sentence", "The search works")
    await ana.modal.submit()
    assert ana.modal.title == "Your goals"
    assert "0.2 of 1.0 · On track" in ana.modal.text
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
    await jobs.plan_goal_closings(acme.bot)
    await live_until(acme, clock, datetime(2027, 1, 5, 10, 0, tzinfo=UTC))
    over = next(one for one in ana.dm.messages if "Q4 2026 is over: 1 open goal to close." in one.text)
    await over.press("Open my goals")
    await ana.modal.press("Close")
    ana.modal.choose("What happens to it?", "Carry it over into the next quarter")
    ana.modal.choose("Which score do you propose?", "0.4")
    ana.modal.fill("What came of it?", "Half way; the vendor cost us a month")
    await ana.modal.submit()
    assert "Q1 2027" in ana.modal.text
    await acme.delivered()
    closed = next(one for one in ben.dm.messages if "Ana Silva carried over a goal at 0.4." in one.text)
    await closed.press("Confirm")
    assert "Half way; the vendor cost us a month" in ben.modal.text
    ben.modal.choose("Which score would you give?", "0.5")
    ben.modal.fill("A word on it", "You learned a lot")
    await ben.modal.submit()
    await acme.delivered()
    await ana.command("/goals past")
    await ana.modal.press("Open")
    assert "Ana Silva carried it over at 0.4" in ana.modal.text
    assert "Ben Okafor confirmed it: 0.5" in ana.modal.text
    assert ana.notices == ben.notices == []


def readable(text: str) -> str:
    """Numbers and their units are held together by spaces that do not break."""
    return text.replace("\xa0", " ")


async def count(company: Company, model: type[Goal | GoalEvent | GoalEvidence]) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


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


async def test_a_suggested_change_reaches_the_owner_who_decides(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await set_goal(acme, "Ana Silva")
    await acme.delivered()
    await ben.dm.last.press("Suggest a change")
    ben.modal.fill("What would you change, and why?", "20 is a lot; start with 30")
    await ben.modal.submit()
    await acme.delivered()
    assert "Change suggested by Ben Okafor" in ben.dm.last.text
    assert "Ben Okafor suggests a change" in ana.dm.last.text
    assert "start with 30" not in ana.dm.last.text + ana.dm.last.notification
    await ana.dm.last.press("Open")
    assert "20 is a lot; start with 30" in ana.modal.text
    await ana.modal.choose_overflow("Change or drop a key result")
    ana.modal.fill("From where to where?", "40 → 30")
    await ana.modal.submit()
    assert "from 40 to 30" in readable(ana.modal.text)
    assert "Proposed by Ana Silva" in ana.modal.text


async def shared_goal(company: Company) -> None:
    """Ana's and Pia's."""
    ana = company.slack.person("Ana Silva")
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    await ana.modal.press("More choices")
    ana.modal.fill(RESULTS, TICKETS)
    ana.modal.pick_person("Who answers for it with you?", "Pia Lund")
    await ana.modal.submit()
    await ana.modal.close_all()


async def test_no_change_where_somebody_was_faster_shows_what_they_said(acme: Company) -> None:
    pia = acme.slack.person("Pia Lund")
    await shared_goal(acme)
    await update(acme, "Ana Silva", "31", "On track")
    await pia.command("/goals")
    await pia.modal.press("Update")
    await update(acme, "Ana Silva", "25", "At risk")
    await pia.modal.press("No change")
    assert "Ana Silva" in pia.modal.text
    assert "0.8 of 1.0 · At risk" in pia.modal.text
    assert "25 tickets" in readable(pia.modal.text)
    assert pia.notices == []


async def test_of_two_updates_at_once_the_second_sees_the_first_and_decides(acme: Company) -> None:
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await shared_goal(acme)
    for person in (ana, pia):
        await person.command("/goals")
        await person.modal.press("Update")
        person.modal.choose("How sure are you?", "On track")
    ana.modal.fill("Support tickets per week", "30")
    await ana.modal.submit()
    pia.modal.fill("In a sentence", "I saw 28")
    await pia.modal.submit()
    assert pia.modal.title == "Update goal"
    assert "Ana Silva" in pia.modal.text and "What you changed is still here." in pia.modal.text
    assert "I saw 28" in pia.modal.text
    assert "30 tickets" in readable(pia.modal.text)
    pia.modal.fill("Support tickets per week", "28")
    await pia.modal.submit()
    assert "0.6 of 1.0" in pia.modal.text
    assert pia.notices == []


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


@pytest.mark.parametrize(
    ("typed", "shown"), [("1,5", "1.5"), ("1.5", "1.5"), ("3k", "3 000"), ("12 %", None)]
)
async def test_numbers_in_ones_own_notation_are_read_or_refused(
    acme: Company, typed: str, shown: str | None
) -> None:
    ana = acme.slack.person("Ana Silva")
    await set_goal(acme, "Ana Silva", results="Support tickets per week: 4000 → 1 tickets")
    await ana.command("/goals")
    await ana.modal.press("Update")
    ana.modal.fill("Support tickets per week", typed)
    ana.modal.choose("How sure are you?", "On track")
    await ana.modal.submit()
    if shown is None:
        assert "not counted in %" in ana.modal.errors["Support tickets per week"]
        return
    await ana.modal.press("Open")
    assert f"Support tickets per week: {shown} tickets" in spaced(ana.modal.text)


def spaced(text: str) -> str:
    return readable(text).replace("\u202f", " ")


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


async def test_a_limited_goal_stays_between_owner_manager_and_hr(acme: Company, globex: Company) -> None:
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await ana.command("/goals new")
    await ana.modal.press("More choices")
    assert "If limited: you, co-owners, Ben Okafor, the manager, and HR (Hana Ito)" in ana.modal.text
    ana.modal.fill(TITLE, "Come back from sick leave")
    ana.modal.choose("Who may see it?", "Limited: its owners, Ben Okafor and HR")
    await ana.modal.submit()
    assert "Who sees this: Ana Silva, Ben Okafor, HR." in ana.modal.text
    await ana.modal.close_all()
    await acme.delivered()
    assert "sick leave" not in ben.dm.last.text + ben.dm.last.notification
    await ben.dm.last.press("Open")
    assert "Come back from sick leave" in ben.modal.text
    for stranger in (pia, globex.slack.person("Ben Okafor")):
        await stranger.command("/goals company")
        assert "sick leave" not in stranger.modal.text


async def test_a_button_of_somebody_elses_limited_goal_is_refused_with_a_sentence(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command("/goals new")
    await ana.modal.press("More choices")
    ana.modal.fill(TITLE, "Come back from sick leave")
    ana.modal.choose("Who may see it?", "Limited: its owners, Ben Okafor and HR")
    await ana.modal.submit()
    await acme.delivered()
    message = ben.dm.last
    async with acme.bot.work() as session:
        owner = (await session.scalars(select(Person).where(Person.name == "Ana Silva"))).one()
        owner.manager_id = None
    await message.press("Open")
    assert "not available to you" in ben.modal.text
    assert "sick leave" not in ben.modal.text


# With the check-in


async def test_the_check_in_asks_for_goals_in_one_tap_and_keeps_what_is_typed(
    acme: Company, clock: Clock
) -> None:
    clock.move(days=2)  # to the Wednesday: on Mondays the week before is still open
    ana = acme.slack.person("Ana Silva")
    await agreed_goal(acme)
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "Typed with care")
    await ana.modal.press("No change")
    assert "Noted: no change" in ana.modal.text
    assert "Typed with care" in ana.modal.text
    await ana.modal.press("Update")
    ana.modal.fill("Support tickets per week", "25")
    await ana.modal.submit()
    assert ana.modal.title == "Your check-in"
    assert "0.8 of 1.0 · On track" in ana.modal.text
    assert "Typed with care" in ana.modal.text
    ana.modal.fill("What matters most next week?", "The last five")
    ana.modal.choose("Which goal does next week's work serve?", "Half the tickets")
    await ana.modal.submit()
    assert not ana.has_modal
    await ana.command("/checkin")
    assert ana.modal.title == "Edit your check-in"
    assert "Half the tickets" in ana.modal.text


async def test_a_goal_closed_meanwhile_is_no_goal_for_next_week_and_the_check_in_is_kept(
    acme: Company, clock: Clock
) -> None:
    clock.move(days=2)
    ana = acme.slack.person("Ana Silva")
    await agreed_goal(acme)
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "Typed with care")
    ana.modal.fill("What matters most next week?", "The last five")
    ana.modal.choose("Which goal does next week's work serve?", "Half the tickets")
    async with acme.bot.work() as session:
        goal = (await session.scalars(select(Goal))).one()
        goal.state = GoalState.CLOSED
    await ana.modal.submit()
    assert "was closed on" in ana.modal.errors["Which goal does next week's work serve?"]
    assert "Typed with care" in ana.modal.text


async def test_a_message_is_kept_as_evidence_by_its_link_alone(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await agreed_goal(acme)
    await ana.say("Only 25 tickets this week, thanks to the new search")
    await ana.dm.last.shortcut("Add to goal")
    assert "only those who could read it before" in ana.modal.text
    await ana.modal.submit()
    await ana.dm.last.shortcut("Add to goal")
    await ana.modal.submit()
    assert await count(acme, GoalEvidence) == 1
    await ben.command("/goals team")
    await ben.modal.press("Open")
    assert "A message, added by Ana Silva on 5 October" in ben.modal.text
    assert "new search" not in ben.modal.text


async def test_without_a_goal_the_shortcut_says_what_to_do_first(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.say("Look at this")
    await ana.dm.last.shortcut("Add to goal")
    assert "You have no open goal to add this to." in ana.modal.text


# Changing it


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
    ana.modal.fill("How will you see it?", "Pilot: design; build")
    await ana.modal.submit()
    assert "Pilot: 0 of 2 milestones; open: design, build" in ana.modal.text
    await ana.modal.choose_overflow("Change or drop a key result")
    ana.modal.choose("Which one?", "Pilot")
    ana.modal.fill("From where to where?", "drop")
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


# HR


async def test_hr_sets_periods_and_sees_counts(acme: Company) -> None:
    hana, ana = acme.slack.person("Hana Ito"), acme.slack.person("Ana Silva")
    await agreed_goal(acme)
    home = await hana.open_home()
    await home.press("Goal coverage")
    assert "Goals: 1 · without an update for 30 days: 0" in hana.modal.text
    assert "Ana" not in hana.modal.text
    await hana.modal.close_all()
    await home.press("Goal periods")
    hana.modal.fill("Name", "H1 2027")
    hana.modal.fill("First day", "2027-06-30")
    hana.modal.fill("Last day", "2027-01-01")
    await hana.modal.submit()
    assert "ends after it begins" in hana.modal.errors["Last day"]
    hana.modal.fill("First day", "2027-01-01")
    hana.modal.fill("Last day", "2027-06-30")
    await hana.modal.submit()
    assert not hana.has_modal
    await ana.command("/goals new")
    ana.modal.choose("For when?", "H1 2027, until 30 June 2027")
    await ana.modal.close_all()
    await home.press("Goal periods")
    await hana.modal.press("Remove")
    assert "H1 2027:" not in hana.modal.text


async def test_the_tree_is_shown_from_the_top_and_a_branch_by_its_page(acme: Company) -> None:
    pia = acme.slack.person("Pia Lund")
    await set_goal(acme, "Hana Ito", "Customers stay", "Churn: 5 % → 3 %", level="Company")
    await agreed_goal(acme)
    await pia.command("/goals company")
    assert "Customers stay\nCompany · Hana Ito" in pia.modal.text
    await pia.modal.press("Open", beside="Customers stay")
    assert "Churn" in pia.modal.text


# Files on demand


async def sent(company: Company) -> None:
    """Everything that was started after an answer is through."""
    await asyncio.gather(*company.bot.errands)
    await company.playground.quiet()


async def test_a_chart_of_a_goal_and_of_a_team_comes_as_a_picture_that_says_itself(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await agreed_goal(acme)
    await ana.command("/goals")
    await ana.modal.press("Open")
    await ana.modal.press("Chart")
    assert "The chart comes into our direct messages" in ana.modal.text
    await sent(acme)
    assert "[file: Goal: Half the tickets" in ana.dm.last.text
    await ben.command("/goals team")
    await ben.modal.press("Send me a picture")
    await sent(acme)
    assert "[file: My team's goals" in ben.dm.last.text


async def test_hr_gets_all_goals_as_a_file(acme: Company) -> None:
    hana = acme.slack.person("Hana Ito")
    await agreed_goal(acme)
    home = await hana.open_home()
    for kind in ("CSV", "XLSX"):
        await home.press("Goal coverage")
        await hana.modal.press(f"All goals as {kind}")
        await sent(acme)
        assert "1 goal with their key results" in hana.dm.last.notification
        assert "[file: Goals]" in hana.dm.last.text
        await hana.modal.close_all()

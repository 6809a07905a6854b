"""Goals in the check-in, and messages that show how they stand."""

from sqlalchemy import select

from bot.models import Goal, GoalEvidence
from bot.models.goals import GoalState
from tests.routes.goals.builders import agreed_goal, count
from tests.routes.world import Clock, Company


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
    assert "75 % · On track" in ana.modal.text
    assert "Typed with care" in ana.modal.text
    ana.modal.fill("What matters most next week?", "The last five")
    ana.modal.choose("Which goal does next week's work serve?", "Half the tickets")
    await ana.modal.submit()
    await ana.modal.press("Edit")
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

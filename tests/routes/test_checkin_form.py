"""The check-in form on a phone: what stands on its first page, what is kept, and the page that ends it."""

import pytest
from sqlalchemy import select

from bot.models import Checkin, Person
from playground.driver import Modal
from tests.routes.goals.builders import agreed_goal
from tests.routes.kudos.builders import give
from tests.routes.steps import a_channel
from tests.routes.world import Clock, Company

MOVED, NEXT, STUCK = "What moved forward this week?", "What matters most next week?", "What is in your way?"
FIT_A_PHONE = 12
ENERGY, HELP = "How is your energy?", "What would help from your manager?"


def blocks(modal: Modal) -> int:
    return len(modal.screen.blocks)


async def saved(company: Company) -> Checkin:
    async with company.bot.read() as session:
        return (await session.scalars(select(Checkin).order_by(Checkin.id.desc()).limit(1))).one()


async def test_the_first_page_has_three_questions_and_add_more_keeps_what_was_typed(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    assert list(ana.modal.screen.labels().values()) == [MOVED, NEXT, STUCK]
    assert blocks(ana.modal) <= FIT_A_PHONE
    ana.modal.fill(MOVED, "Typed with care")
    await ana.modal.toggle("Only for Ben Okafor", beside=MOVED)
    await ana.modal.press("Add more")
    assert "Typed with care" in ana.modal.text and "Add more" not in ana.modal.text
    ana.modal.choose(ENERGY, "4 Good")
    ana.modal.fill(NEXT, "   ")
    await ana.modal.submit()
    assert "Write a few words here" in ana.modal.errors[NEXT]
    ana.modal.fill(NEXT, "Ship it")
    await ana.modal.submit()
    checkin = await saved(acme)
    assert [(answer.text, answer.locked) for answer in checkin.answers] == [
        ("Typed with care", True),
        ("Ship it", False),
    ]
    assert checkin.energy == 4


async def test_what_somebody_used_in_their_last_four_check_ins_is_shown_at_once(
    acme: Company, clock: Clock
) -> None:
    ana = acme.slack.person("Ana Silva")
    for week in range(6):
        await ana.command("/checkin")
        assert (HELP in ana.modal.text) == (1 <= week <= 4), week
        assert ENERGY not in ana.modal.text
        ana.modal.fill(MOVED, "The importer")
        ana.modal.fill(NEXT, "Its tests")
        if week == 0:
            await ana.modal.press("Add more")
            ana.modal.choose(HELP, "Feedback")
        await ana.modal.submit()
        clock.move(weeks=1)


async def test_rotating_questions_are_remembered_as_one(acme: Company, clock: Clock) -> None:
    clock.move(weeks=3)  # to a week that asks who helped
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "The importer")
    ana.modal.fill(NEXT, "Its tests")
    await ana.modal.press("Add more")
    ana.modal.fill("Who helped you this week?", "Pia")
    await ana.modal.submit()
    clock.move(weeks=1)
    await ana.command("/checkin")
    assert "What did you learn or practise?" in ana.modal.text


async def test_all_questions_stay_when_a_goal_is_updated_on_top_of_them(acme: Company, clock: Clock) -> None:
    clock.move(days=2)
    ana = acme.slack.person("Ana Silva")
    await agreed_goal(acme)
    await ana.command("/checkin")
    assert blocks(ana.modal) <= FIT_A_PHONE
    await ana.modal.press("Add more")
    ana.modal.choose(ENERGY, "2 Low")
    await ana.modal.press("No change")
    assert "Noted: no change" in ana.modal.text and "2 Low" in ana.modal.text


async def test_it_ends_by_saying_who_reads_it_and_edit_opens_it_in_the_same_window(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "The importer")
    ana.modal.fill(NEXT, "Its tests")
    await ana.modal.submit()
    assert "Shared with Ben Okafor.\nYou can edit it until Monday 12:00." in ana.modal.text.replace("*", "")
    await ana.modal.press("Edit")
    assert ana.modal.title == "Edit your check-in" and "Its tests" in ana.modal.text
    ana.modal.fill(STUCK, "The build")
    await ana.modal.submit()
    assert "Ben Okafor sees what is in your way. Nothing more for you to do." in ana.modal.text
    await ana.modal.close()
    assert not ana.has_modal


async def test_without_a_manager_it_says_that_nobody_reads_it(acme: Company) -> None:
    async with acme.bot.work() as session:
        ana = (await session.scalars(select(Person).where(Person.name == "Ana Silva"))).one()
        ana.manager_id = None
    someone = acme.slack.person("Ana Silva")
    await someone.command("/checkin")
    assert ":lock:" not in someone.modal.text
    someone.modal.fill(MOVED, "The importer")
    someone.modal.fill(NEXT, "Its tests")
    someone.modal.fill(STUCK, "The build")
    await someone.modal.submit()
    assert "Only you can read it" in someone.modal.text and "in your way" not in someone.modal.text


@pytest.mark.parametrize("thanked", [True, False])
async def test_the_one_next_step_is_a_quiet_goal_then_thanks_then_nothing(
    acme: Company, clock: Clock, thanked: bool
) -> None:
    clock.move(days=2)
    ana = acme.slack.person("Ana Silva")
    await agreed_goal(acme)
    if thanked:
        a_channel(acme)
        clock.move(weeks=5)
        await give(ana, "Pia Lund")
        await ana.modal.close_all()
    clock.move(days=1 if thanked else 36)
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "The importer")
    ana.modal.fill(NEXT, "Its tests")
    await ana.modal.submit()
    assert "Half the tickets has had no update for 36 days." in ana.modal.text.replace("*", "")
    await ana.modal.press("Update goal")
    ana.modal.fill("Support tickets per week", "25")
    await ana.modal.submit()
    assert "Your update is saved." in ana.modal.text
    await ana.modal.close()
    assert ana.modal.title == "Check-in shared"
    await ana.modal.press("Edit")
    await ana.modal.submit()
    assert ("Thank somebody" in ana.modal.text) != thanked

"""Thanks from the form: everybody named learns of it, what cannot be sent stays in the form."""

import pytest

from bot.models import Goal
from bot.models.goals import NewGoal, Visibility
from bot.services import goals, people
from playground.faults import Faults
from playground.workspace import Channel
from tests.routes.kudos.builders import LONG, give, given, pinged
from tests.routes.steps import a_channel
from tests.routes.trouble import BUSY, Unwell
from tests.routes.world import Company


async def test_thanks_from_the_form_stand_in_the_channel_and_ping_nobody_there(
    acme: Company, globex: Company
) -> None:
    a_channel(acme)
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await ana.command("/kudos")
    assert "Who sees this: only you and those you thank. Not HR." in ana.modal.text
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    assert "only you and Ben Okafor. Not their managers, not HR." in ana.modal.text
    await ana.modal.change("Where shall I say it?", "thanks")
    assert "everybody in #thanks" in ana.modal.text
    ana.modal.fill("What did they do", LONG)
    ana.modal.choose("Which value did it show?", "Own it")
    await ana.modal.submit()
    assert "Ben Okafor will read it in #thanks" in ana.modal.text
    await acme.delivered()
    post = pia.channel("thanks").last
    assert "Ana Silva thanks Ben Okafor" in post.text and LONG in post.text and "Own it" in post.text
    assert pinged(acme, "Pia Lund") == [] and pinged(acme, "Ben Okafor") == ["dm"]
    assert "Ana Silva thanks you" in ben.dm.last.text and LONG in ben.dm.last.text
    assert "renewed" not in ben.dm.last.notification
    assert globex.slack.person("Ben Okafor").dm.text == ""


async def test_a_message_can_be_thanked_for_with_a_link_to_it(acme: Company) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ben.say("I wrote the runbook we were missing", channel="thanks")
    await ana.channel("thanks").last.shortcut("Give kudos")
    assert "Ben Okafor" in ana.modal.text and "About the message you chose" in ana.modal.text
    ana.modal.fill("What did they do", LONG)
    await ana.modal.submit()
    await acme.delivered()
    assert "about this message" in ana.channel("thanks").last.text


async def test_the_global_shortcut_opens_the_same_form(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.shortcut("Give kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    ana.modal.fill("What did they do", LONG)
    await ana.modal.submit()
    await acme.delivered()
    readers = "Only Ana Silva and those thanked here see this. Not your managers, not HR."
    assert readers in acme.slack.person("Ben Okafor").dm.last.text


async def test_a_vague_word_is_asked_about_once_and_may_stay(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor", text="Thanks!", channel="")
    assert "What did it change?" in ana.modal.text and await given(acme) == 0
    assert ana.modal.submit_label == "Send as it is"
    await ana.modal.submit()
    assert await given(acme) == 1


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_form_whose_last_line_is_out_of_date_is_shown_again_before_it_is_sent(
    acme: Company, thanks: Channel
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    ana.modal.fill("What did they do", LONG)
    acme.playground.ground.faults = Unwell(BUSY, "views.update")
    await ana.modal.change("Where shall I say it?", "thanks")
    acme.playground.ground.faults = Faults()
    assert "only you and Ben Okafor" in ana.modal.text
    await ana.modal.submit()
    assert await given(acme) == 0
    assert "has changed" in ana.modal.text and "everybody in #thanks" in ana.modal.text
    await ana.modal.submit()
    await acme.delivered()
    assert LONG in ana.channel("thanks").last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_value_retired_while_somebody_writes_is_named_and_the_words_stay(
    acme: Company, thanks: Channel
) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await ana.command("/kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    ana.modal.fill("What did they do", LONG)
    ana.modal.choose("Which value did it show?", "Courage")
    await (await hana.open_home()).press("Values")
    await hana.modal.press("Change", beside="Courage")
    await hana.modal.press("Retire it")
    assert "Courage" not in hana.modal.text
    await ana.modal.submit()
    assert "“Courage” has been retired meanwhile" in ana.modal.errors["Which value did it show?"]
    assert LONG in ana.modal.text


async def set_goal(company: Company, name: str, title: str) -> int:
    async with company.bot.work() as session:
        me = await people.by_slack_id(session, company.slack.person(name).id)
        return await goals.create(session, me, NewGoal(title), now=company.bot.now())


async def test_the_goal_it_served_is_found_by_a_few_letters_and_stands_in_the_post(
    acme: Company, thanks: Channel
) -> None:
    await set_goal(acme, "Ben Okafor", "Half the tickets")
    await set_goal(acme, "Ana Silva", "A search that finds")
    ana, goal = acme.slack.person("Ana Silva"), "Which goal did it serve?"
    await ana.command("/kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    await ana.modal.change("Where shall I say it?", "thanks")
    ana.modal.fill("What did they do", "You were great!")
    mine, bens = "A search that finds (Ana Silva)", "Half the tickets (Ben Okafor)"
    assert await ana.modal.look_up(goal, "") == [mine, bens]
    assert await ana.modal.look_up(goal, "tick") == [bens]
    ana.modal.choose(goal, bens)
    await ana.modal.submit()
    assert "What did it change?" in ana.modal.text and "Half the tickets" in ana.modal.text
    await ana.modal.submit()
    await acme.delivered()
    assert "Goal: Half the tickets" in ana.channel("thanks").last.text
    assert "Goal: Half the tickets" in acme.slack.person("Ben Okafor").dm.last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_goal_limited_while_somebody_writes_is_refused_and_the_words_stay(acme: Company) -> None:
    goal_id = await set_goal(acme, "Ben Okafor", "Half the tickets")
    ana, goal = acme.slack.person("Ana Silva"), "Which goal did it serve?"
    await ana.command("/kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    ana.modal.fill("What did they do", LONG)
    await ana.modal.look_up(goal, "")
    ana.modal.choose(goal, "Half the tickets (Ben Okafor)")
    async with acme.bot.work() as session:
        (await session.get_one(Goal, goal_id)).visibility = Visibility.LIMITED
    await ana.modal.submit()
    assert "only goals that the whole company may read" in ana.modal.errors[goal]
    assert LONG in ana.modal.text and await given(acme) == 0

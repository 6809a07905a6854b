"""The driver does what a person does, and sees what a person sees, through a real Bolt app."""

from collections.abc import AsyncIterator

import pytest

from playground.driver import Person, Slack
from playground.driver.world import World
from playground.verbs import Outcome
from tests.playground.office import Office
from tests.playground.survey import Survey


@pytest.fixture
async def survey(office: Office) -> AsyncIterator[Survey]:
    survey = Survey(office.bolt)
    async with office.over_http():
        yield survey


@pytest.fixture
def people(office: Office) -> Slack:
    return Slack(office.slack, office.workspace)


@pytest.fixture
def ana(people: Slack) -> Person:
    return people.person("Ana")


@pytest.mark.parametrize("known_as", ["Ana Silva", "ana silva", "ana", "ana@example.com", "Ana"])
def test_a_person_is_found_by_any_name_she_goes_by(people: Slack, office: Office, known_as: str) -> None:
    assert people.person(known_as).id == office.ana.id
    assert people.person(office.ana.id) is people.person(known_as)


def test_an_ambiguous_name_lists_the_candidates(people: Slack, office: Office) -> None:
    office.workspace.add_person("Ana Costa", handle="ana.costa")
    office.workspace.add_person("Ana Reis", handle="reis")
    with pytest.raises(AssertionError, match="Ana Costa, Ana Reis"):
        people.person("Ana ")


async def test_a_command_opens_a_modal_that_can_be_read(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    assert ana.modal.title == "Survey"
    assert ana.modal.text.splitlines()[:6] == [
        "Survey",
        "Hello @Ana Silva, <3",
        "What moved forward this week?",
        "  [____]",
        "What comes next? (optional)",
        "  [Rest]",
    ]
    assert ana.modal.text.splitlines()[-2:] == ["Who sees this: nobody at all", "[Not now] [Send survey]"]


async def test_a_filled_form_arrives_as_it_was_filled(ana: Person, survey: Survey, office: Office) -> None:
    await ana.command("/parrot")
    form = ana.modal
    form.fill("What moved…", "A lot\nand more")
    form.choose("How is your energy?", "Good")
    form.choose("Topics", "Low", "Even")
    form.tick("Only my manager")
    form.untick("Keep a copy")
    form.pick_person("Who helped?", "Ben", "ana")
    form.pick_channel("Where?", "#general")
    form.fill("Hours", 40)
    form.fill("Day off", "2026-12-24")
    assert "(•) Good" in form.text
    assert "@Ben Okoro, @Ana Silva" in form.text
    assert (await form.submit()).went_well
    assert not ana.has_modal
    assert survey.sent("moved") == "A lot\nand more"
    assert survey.sent("next") == "Rest"
    assert survey.sent("mood")["value"] == "good"
    assert [one["value"] for one in survey.sent("topics")] == ["low", "even"]
    assert [one["value"] for one in survey.sent("share")] == ["only my manager"]
    assert survey.sent("who") == [office.ben.id, office.ana.id]
    assert survey.sent("where") == office.general.id
    assert (survey.sent("hours"), survey.sent("day")) == ("40", "2026-12-24")


async def test_what_the_client_sees_wrong_never_reaches_the_app(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    await ana.modal.submit()
    assert ana.modal.errors == {"What moved forward this week?": "Please complete this required field."}
    ana.modal.fill("What moved", "x" * 21)
    await ana.modal.submit()
    assert ana.modal.errors == {"What moved forward this week?": "Please enter no more than 20 characters."}
    assert "x" * 21 in ana.modal.text
    assert "! Please enter no more than 20 characters." in ana.modal.text
    assert survey.submissions == []


async def test_an_error_of_the_app_stands_under_its_field_until_the_next_try(
    ana: Person, survey: Survey
) -> None:
    survey.answer = {"response_action": "errors", "errors": {"next": "Rest is not enough."}}
    await ana.command("/parrot")
    ana.modal.fill("What moved", "All of it")
    await ana.modal.submit()
    assert ana.modal.errors == {"What comes next?": "Rest is not enough."}
    survey.answer = {}
    await ana.modal.submit()
    assert not ana.has_modal


async def test_a_modal_that_the_app_has_updated_shows_no_old_errors(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    ana.modal.fill("What comes next?", "Sleep")
    await ana.modal.submit()
    assert ana.modal.errors
    await ana.modal.press("Start over")
    assert ana.modal.errors == {}
    assert "[Sleep]" in ana.modal.text, "Slack keeps what was typed where the ids stay the same"


async def test_a_form_the_app_cannot_take_stays_open_with_what_slack_says(
    ana: Person, survey: Survey
) -> None:
    survey.answer = {"response_action": "errors", "errors": {"nowhere": "?"}}
    await ana.command("/parrot")
    ana.modal.fill("What moved", "All of it")
    outcome = await ana.modal.submit(times=2)
    assert not outcome.went_well
    assert set(ana.notices) == {"We had some trouble connecting. Try again?"}
    assert "[All of it]" in ana.modal.text


async def test_an_emptied_field_and_a_withdrawn_choice_are_empty(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    ana.modal.fill("What moved", "Something")
    ana.modal.fill("What comes next?", "")
    ana.modal.choose("Topics", "Low")
    ana.modal.choose("Topics")
    await ana.modal.submit()
    assert (survey.sent("next"), survey.sent("topics")) == (None, [])


async def test_a_double_click_sends_the_form_twice(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    ana.modal.fill("What moved", "Something")
    await ana.modal.submit(times=2)
    assert len(survey.submissions) == 2


async def test_of_several_things_done_at_once_the_failure_is_what_counts(office: Office) -> None:
    async def ends(outcome: Outcome) -> Outcome:
        return outcome

    world = World(office.slack, office.team, office.ana.id)
    good, bad = Outcome(), Outcome(notice="No")
    assert await world.settled(ends(bad), ends(good)) is bad
    assert await world.settled(ends(good)) is good


async def test_a_pushed_modal_lies_on_top_and_can_be_taken_off(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    await ana.modal.press("More questions")
    assert ana.modal.title == "Details"
    with pytest.raises(AssertionError, match="nothing to submit"):
        await ana.modal.submit()
    await ana.modal.close()
    assert ana.modal.title == "Survey"
    await ana.modal.close_all()
    assert not ana.has_modal


async def test_a_field_that_tells_the_app_at_once_is_changed_not_filled(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    with pytest.raises(AssertionError, match="tells the app as soon as it changes"):
        ana.modal.choose("Pace", "Good")
    await ana.modal.change("Pace", "Good")
    assert survey.actions[-1]["selected_option"]["value"] == "good"
    with pytest.raises(AssertionError, match="waits for submit"):
        await ana.modal.change("Topics", "Good")


async def test_a_menu_that_asks_the_app_offers_what_it_answers(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    with pytest.raises(AssertionError, match="There is no option at all"):
        ana.modal.choose("Goal", "late-2")
    assert await ana.modal.look_up("Goal", "late") == ["late-1", "late-2"]
    ana.modal.choose("Goal", "late-2")
    assert "[late-2 ▾]" in ana.modal.text


async def test_a_message_is_read_pressed_and_seen_to_change(ana: Person, survey: Survey) -> None:
    await ana.command("/parrot")
    ana.modal.fill("What moved", "Something")
    await ana.modal.submit()
    card = await ana.dm.next()
    assert card.text == "Lunch? at 1970-01-01\n[Yes] [⋯ Later · Never]"
    assert (card.author, card.notification) == ("Parrot", "Lunch?")
    assert [ping.why for ping in ana.pings] == ["dm"]
    old = card.as_it_stands()
    await card.press("Yes")
    assert card.text == "You said yes"
    await old.choose_overflow("Later")
    assert survey.actions[-1]["selected_option"]["value"] == "later"
    assert ana.dm.last.text == "You said menu"


async def test_equal_buttons_are_told_apart_by_what_they_stand_beside(ana: Person, survey: Survey) -> None:
    home = await ana.open_home()
    await home.press("Open", beside="Ben")
    assert survey.actions[-1]["value"] == "ben"
    with pytest.raises(AssertionError, match="could be 2 buttons"):
        await home.press("Open")


async def test_shortcuts_are_taken_by_their_name(ana: Person, survey: Survey) -> None:
    await ana.shortcut("Repeat")
    assert ana.modal.title == "Survey"
    await ana.say("Hear, hear", channel="general")
    await ana.channel("general").last.shortcut("Quote")
    assert ana.ephemeral.last.text == "You quoted: Hear, hear"


async def test_a_reaction_is_seen_by_others(ana: Person, people: Slack, survey: Survey) -> None:
    await ana.say("Done", channel="general")
    await people.person("Ben").channel("general").last.react(":tada:")
    assert ana.channel("general").last.reactions == {"tada": ["Ben Okoro"]}


async def test_failures_show_what_is_on_the_screen(ana: Person, survey: Survey) -> None:
    with pytest.raises(AssertionError, match=r"Ana Silva has no modal open\. Nothing else"):
        _ = ana.modal
    await ana.command("/nonsense")
    with pytest.raises(AssertionError, match="Slack says: /nonsense is not a valid command"):
        _ = ana.modal
    await ana.command("/parrot")
    with pytest.raises(AssertionError, match=r"(?s)There is no button 'Send'.*\| What moved forward"):
        await ana.modal.press("Send")
    with pytest.raises(AssertionError, match=r"There is no field 'Weather'\. There are: What moved forward"):
        ana.modal.fill("Weather", "Sunny")
    with pytest.raises(AssertionError, match="is not a field to write in"):
        ana.modal.fill("Topics", "Good")
    with pytest.raises(AssertionError, match="takes one choice, not 2"):
        ana.modal.choose("How is your energy?", "Good", "Low")


async def test_waiting_for_a_message_that_never_comes_fails_with_what_is_there(
    ana: Person, survey: Survey
) -> None:
    await ana.say("Anybody there?")
    assert (await ana.dm.next()).text == "Anybody there?"
    with pytest.raises(AssertionError, match=r"(?s)No new message in the direct messages.*Anybody there"):
        await ana.dm.next(within=0.01)


async def test_nobody_can_pick_who_has_left_or_see_a_room_they_are_not_in(
    ana: Person, office: Office, survey: Survey
) -> None:
    office.workspace.open_channel("board", kind="private_channel", members=[office.ben.id])
    await ana.command("/parrot")
    await office.slack.change_user(office.team_id, office.ben.id, deleted=True)
    with pytest.raises(AssertionError, match="Ben Okoro is deactivated"):
        ana.modal.pick_person("Who helped?", "Ben")
    with pytest.raises(AssertionError, match="There is no channel 'board'"):
        ana.modal.pick_channel("Where?", "#board")

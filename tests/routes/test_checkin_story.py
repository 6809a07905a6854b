"""A check-in travels: from `/checkin` to the manager, and back with a comment."""

import pytest
from sqlalchemy import func, select

from bot.models import Checkin
from tests.routes.steps import open_check_in, write
from tests.routes.world import Clock, Company


async def count_checkins(company: Company) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count()).select_from(Checkin)) or 0


@pytest.mark.every_combination
async def test_a_check_in_reaches_the_manager_and_comes_back_with_a_comment(
    acme: Company, globex: Company
) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command("/checkin")
    assert ana.modal.title == "Your check-in"
    assert "you and Ben Okafor, your manager" in ana.modal.text
    ana.modal.fill("What moved forward this week?", "The importer works")
    ana.modal.fill("What matters most next week?", "Ship it")
    ana.modal.fill("What is in your way?", "The build is slow")
    await ana.modal.press("Add more")
    ana.modal.choose("How is your energy?", "4 Good")
    ana.modal.choose("How is your workload?", "Heavy")
    await ana.modal.submit()
    assert "Shared with Ben Okafor." in ana.modal.text
    await ana.modal.close()

    await acme.delivered()
    message = ben.dm.last
    assert "Ana Silva has something in the way" in message.text
    assert "Shared by Ana Silva" in message.text
    assert "importer" not in message.text + message.notification
    await message.press("Open")
    assert "The importer works" in ben.modal.text
    assert "Energy 4 Good · Workload heavy" in ben.modal.text
    await ben.modal.press("I'll take this on")
    assert "You took this on" in ben.modal.text
    await ben.modal.press(":tada:")
    ben.modal.fill("Comment", "Well done, let us fix that build")
    await ben.modal.submit()
    assert "let us fix that build" in ben.modal.text

    await acme.delivered()
    assert "Ben Okafor responded to your check-in" in ana.dm.last.text
    await ana.dm.last.press("Open")
    assert "let us fix that build" in ana.modal.text
    assert "Ben Okafor took this on" in ana.modal.text
    assert len(ana.dm) == 1
    assert len(ben.dm) == 1

    assert (await count_checkins(acme), await count_checkins(globex)) == (1, 0)
    assert [len(globex.slack.person(name).dm) for name in ("Ana Silva", "Ben Okafor")] == [0, 0]


@pytest.mark.every_combination
async def test_pressing_submit_twice_saves_once_and_tells_the_manager_once(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "The importer works")
    ana.modal.fill("What matters most next week?", "Ship it")
    await ana.modal.submit(times=2)
    assert ana.modal.title == "Check-in shared"
    await acme.delivered()
    assert await count_checkins(acme) == 1
    assert len(acme.slack.person("Ben Okafor").dm) == 1
    assert ana.notices == []


async def test_an_edit_starts_from_what_was_written_and_pings_nobody(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await write(acme, "Ana Silva", "First words")
    await acme.delivered()
    await ana.command("/checkin")
    assert ana.modal.title == "Edit your check-in"
    assert "First words" in ana.modal.text
    ana.modal.fill("What moved forward this week?", "Second words")
    await ana.modal.submit()
    assert ana.modal.title == "Changes saved"
    await acme.delivered()
    await open_check_in(ben)
    assert "Second words" in ben.modal.text
    assert "Earlier versions" not in ben.modal.text
    assert len(ben.dm) == 1


async def test_the_author_can_look_at_earlier_versions(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await write(acme, "Ana Silva", "First words")
    await write(acme, "Ana Silva", "Second words")
    await ana.command("/checkin history")
    await ana.modal.press("Open")
    await ana.modal.press("Earlier versions")
    assert "First words" in ana.modal.text
    assert "Only you see earlier versions" in ana.modal.text


async def test_spaces_are_refused_under_the_field_and_the_rest_is_kept(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "   ")
    ana.modal.fill("What matters most next week?", "Typed with care")
    await ana.modal.submit()
    assert "Write a few words here" in ana.modal.errors["What moved forward this week?"]
    assert "Typed with care" in ana.modal.text
    assert await count_checkins(acme) == 0


async def test_last_weeks_plan_stands_above_this_weeks_questions(acme: Company, clock: Clock) -> None:
    await write(acme, "Ana Silva", "First week")
    clock.move(weeks=1)
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    assert "Finish the importer" in ana.modal.text


async def test_text_that_would_ping_is_shown_as_typed_and_pings_nobody(acme: Company) -> None:
    nasty = (
        "<!channel> <@U123> <https://evil.example|bank> \u202eright to left\u202c e\u0301 :tada: *bold* & <b>"
    )
    ben = acme.slack.person("Ben Okafor")
    await write(acme, "Ana Silva", nasty)
    await acme.delivered()
    await open_check_in(ben)
    assert nasty in ben.modal.text
    assert {ping.why for name in ("Pia Lund", "Dee Park") for ping in acme.slack.person(name).pings} == set()


async def test_a_team_sees_obstacles_first_and_away_as_away(acme: Company) -> None:
    ben, pia = acme.slack.person("Ben Okafor"), acme.slack.person("Pia Lund")
    await write(acme, "Ana Silva", "Fine", stuck="The build is slow")
    await pia.become(status_emoji=":palm_tree:", status_text="Vacation")
    await ben.command("/checkin team")
    text = ben.modal.text
    assert "1 of 1 wrote" in text
    assert text.index("The build is slow") < text.index("Pia Lund")
    assert "Pia Lund\nAway" in text
    await ben.modal.press("Open")
    assert "The build is slow" in ben.modal.text


async def test_history_opens_an_entry_on_top(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin history")
    assert "Nothing here yet" in ana.modal.text
    await ana.modal.close_all()
    await write(acme, "Ana Silva", "Something to look back on")
    await ana.command("/checkin history")
    await ana.modal.press("Open")
    assert "Something to look back on" in ana.modal.text


async def test_the_export_arrives_as_a_file_only_its_owner_sees(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await write(acme, "Ana Silva", "=HYPERLINK(1)")
    await ana.command("/checkin export")
    assert "your check-ins" in ana.ephemeral.last.text
    assert "[file: My check-ins]" in ana.dm.last.text


async def test_home_says_what_waits_and_leads_there(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    await write(acme, "Ana Silva", "Fine", stuck="The build is slow")
    home = await ben.open_home()
    assert "Ana Silva has something in the way" in home.text
    assert "1 of 2 wrote their check-in" in home.text
    await home.press("Open")
    assert "The build is slow" in ben.modal.text


async def test_help_and_typing_mistakes_are_answered_helpfully(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/rapport help")
    assert "/checkin history" in ana.ephemeral.last.text
    await ana.command("/checkin histroy")
    assert "Did you mean /checkin history" in ana.ephemeral.last.text
    await ana.command("/rapport chekin team")
    assert "Did you mean /checkin team" in ana.ephemeral.last.text
    await ana.command("/rapport checkin")
    assert ana.modal.title == "Your check-in"


async def test_a_stranger_to_the_directory_is_told_whom_to_ask(acme: Company) -> None:
    acme.slack.workspace.add_person("New Nora", handle="nora")
    nora = acme.slack.person("New Nora")
    await nora.command("/checkin")
    assert "Hana Ito" in nora.ephemeral.last.text
    home = await nora.open_home()
    assert "Hana Ito" in home.text


async def test_an_old_button_of_somebody_elses_check_in_is_refused_with_a_sentence(acme: Company) -> None:
    ben, pia = acme.slack.person("Ben Okafor"), acme.slack.person("Pia Lund")
    await write(acme, "Ana Silva", "Between Ben and me", stuck="Something else")
    await acme.delivered()
    message = ben.dm.last
    async with acme.bot.work() as session:
        from bot.models import Person

        ana = (await session.scalars(select(Person).where(Person.name == "Ana Silva"))).one()
        ana.manager_id = None
    await message.press("Open")
    assert "Nothing waits for you here any more." in ben.modal.text
    assert "Between Ben and me" not in ben.modal.text
    assert not pia.has_modal


async def test_hr_chooses_a_departments_questions_and_opens_check_ins_to_the_line(acme: Company) -> None:
    hana, ana = acme.slack.person("Hana Ito"), acme.slack.person("Ana Silva")
    carla = acme.slack.person("Carla Diaz")
    home = await hana.open_home()
    await home.press("Check-in settings")
    hana.modal.choose("Where do these questions apply?", "One manager's team")
    hana.modal.choose("Which questions are asked?", "Engineering")
    hana.modal.choose("Who reads a check-in?", "Also the line above")
    await hana.modal.submit()
    assert "Choose whose questions" in hana.modal.errors["Manager or person"]
    hana.modal.pick_person("Manager or person", "Ben Okafor")
    await hana.modal.submit()
    assert "It counts from the next check-in on." in hana.modal.text

    await ana.command("/checkin")
    assert "the line above: Carla Diaz, Dee Park" in ana.modal.text
    ana.modal.fill("What did you ship, decide or make safer?", "A migration")
    ana.modal.fill("What matters most next week?", "Rest")
    await ana.modal.toggle("Only for Ben Okafor", beside="What matters most next week?")
    await ana.modal.submit()
    assert "also with the line above: Carla Diaz, Dee Park" in ana.modal.text
    assert not (await carla.open_home()).text.count("Check-in settings")

"""People are asked in their hour, write or put it off, and are reminded once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.models import Notification, Person
from playground.driver.conversation import SeenMessage
from tests.routes.steps import FRIDAY, MONDAY, THURSDAY, live_until, texts
from tests.routes.world import Clock, Company


async def write(message: SeenMessage, company: Company, name: str, *, stuck: str = "") -> None:
    """With the button under what asked for it."""
    await message.press("Write check-in")
    modal = company.slack.person(name).modal
    modal.fill("What moved forward this week?", "The importer works")
    modal.fill("What matters most next week?", "Ship it")
    modal.fill("What is in your way?", stuck)
    await modal.submit()
    await company.delivered()


async def test_everybody_is_greeted_once_and_told_when_and_who_reads(acme: Company, clock: Clock) -> None:
    await live_until(acme, clock, THURSDAY)
    [welcome] = texts(acme, "Ana Silva")
    assert "I ask you for a short check-in on Fridays at 16:00" in welcome
    assert "Read by you and Ben Okafor, your manager" in welcome
    await acme.slack.person("Ana Silva").dm.last.press("Choose day and time")
    assert acme.slack.person("Ana Silva").modal.title == "Your preferences"


async def test_a_nudge_is_snoozed_comes_again_and_says_done_once_written(acme: Company, clock: Clock) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await live_until(acme, clock, FRIDAY)
    first = ana.dm.last
    assert "How was your week?" in first.text
    assert first.notification.startswith("How was your week?")
    await first.choose_overflow("Snooze 1 hour")
    assert "Snoozed until today 17:35" in first.text
    assert "Snooze 1 hour" not in first.text

    await live_until(acme, clock, FRIDAY + timedelta(minutes=61))
    second = ana.dm.last
    assert "How was your week?" in second.text
    assert second.ts != first.ts
    await write(second, acme, "Ana Silva", stuck="The build is slow")
    assert "You shared this, 17:36." in second.text
    assert "[" not in second.text
    assert "Ana Silva has something in the way" in ben.dm.last.text
    assert "1 of 2 shared, 1 obstacle" in ben.dm.last.text
    assert "build is slow" not in " ".join(texts(acme, "Ben Okafor"))
    assert "Snoozed" not in " ".join(texts(acme, "Ben Okafor"))


async def test_a_managers_own_nudge_and_a_shared_check_in_are_one_message(
    acme: Company, clock: Clock
) -> None:
    ben = acme.slack.person("Ben Okafor")
    await live_until(acme, clock, FRIDAY)
    pings = len(ben.pings)
    await write(acme.slack.person("Ana Silva").dm.last, acme, "Ana Silva")
    assert "Two things for you" in ben.dm.last.text
    assert "How was your week?" in ben.dm.last.text
    assert "Shared by Ana Silva" in ben.dm.last.text
    assert len(ben.pings) == pings
    await ben.dm.last.choose_overflow("Snooze 1 hour", beside="Your team's week")
    assert "Snoozed until today 17:35" in ben.ephemeral.last.text
    await acme.delivered()
    assert "Ana Silva" not in ben.dm.last.text
    await ben.dm.last.choose_overflow("Snooze 1 hour")
    assert "Snoozed until today 17:35" in ben.dm.last.text
    await live_until(acme, clock, FRIDAY + timedelta(minutes=61))
    assert "How was your week?" in ben.dm.last.text
    assert "Shared by Ana Silva" in ben.dm.last.text
    assert len(ben.pings) == pings + 1


async def test_whoever_did_not_write_is_reminded_once_and_the_week_closes(
    acme: Company, clock: Clock
) -> None:
    await live_until(acme, clock, MONDAY)
    [_, _, reminder] = texts(acme, "Ana Silva")
    assert "Your check-in is still open" in reminder
    assert "until today 12:00" in reminder
    await live_until(acme, clock, MONDAY + timedelta(days=3))
    assert len(texts(acme, "Ana Silva")) == 3


async def test_not_this_week_means_no_reminder_either(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await live_until(acme, clock, FRIDAY)
    await ana.dm.last.choose_overflow("Not this week")
    assert "Not this week" in ana.dm.last.text
    await live_until(acme, clock, MONDAY)
    assert len(ana.dm) == 2
    await ana.dm.last.press("Write check-in")
    assert "Week of 16 November" in ana.modal.text


async def test_whoever_wrote_before_being_asked_is_not_asked(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await live_until(acme, clock, THURSDAY)
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "The importer works")
    ana.modal.fill("What matters most next week?", "Ship it")
    await ana.modal.submit()
    await live_until(acme, clock, MONDAY)
    assert len(ana.dm) == 1


async def test_snoozed_past_the_weeks_end_is_not_this_week(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await live_until(acme, clock, MONDAY)
    await ana.dm.last.choose_overflow("Snooze until Monday")
    assert "Not this week" in ana.dm.last.text


async def test_a_nudge_snoozed_into_the_reminders_morning_is_said_once(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await live_until(acme, clock, FRIDAY)
    await ana.dm.last.choose_overflow("Snooze until tomorrow morning")
    assert "Snoozed until Monday 09:00" in ana.dm.last.text
    await live_until(acme, clock, MONDAY)
    assert "How was your week?" in ana.dm.last.text
    assert len(ana.dm) == 3
    assert "still open" not in " ".join(texts(acme, "Ana Silva"))


async def test_the_managers_digest_shows_obstacles_first_and_who_was_away(
    acme: Company, clock: Clock
) -> None:
    ben = acme.slack.person("Ben Okafor")
    await acme.slack.person("Pia Lund").become(status_emoji=":palm_tree:", status_text="")
    await live_until(acme, clock, FRIDAY)
    await write(acme.slack.person("Ana Silva").dm.last, acme, "Ana Silva", stuck="The build is slow")
    await live_until(acme, clock, MONDAY)
    digest = ben.dm.last
    assert "Your team's week of 16 November" in digest.text
    assert digest.text.index("in the way of Ana Silva") < digest.text.index("1 of 1 wrote: Ana Silva")
    assert "Away: Pia Lund" in digest.text
    assert "build is slow" not in digest.text + digest.notification
    await digest.press("Open my team")
    assert "Week of 16 November" in ben.modal.text
    assert not acme.slack.person("Pia Lund").dm


@pytest.mark.parametrize(
    ("name", "when", "rule", "button"),
    [
        ("Ana Silva", FRIDAY, "I ask you on Fridays at 16:00", "My day and rhythm"),
        ("Ana Silva", MONDAY, "I remind you once", "My day and rhythm"),
        ("Ben Okafor", MONDAY, "sum up the week of the people who report to you", "My preferences"),
        ("Ana Silva", THURSDAY, "Everybody is greeted once", "My day and rhythm"),
    ],
)
async def test_every_message_says_why_it_came_and_how_to_change_it(
    acme: Company, clock: Clock, name: str, when: datetime, rule: str, button: str
) -> None:
    person = acme.slack.person(name)
    await live_until(acme, clock, when)
    beside = "Your team" if name == "Ben Okafor" else ""
    await person.dm.last.choose_overflow("Why did I get this?", beside=beside)
    for words in ("Part of", rule, "Who set it", "Hana Ito", "Change it"):
        assert words in person.modal.text
    await person.modal.press(button)
    assert person.modal.title == "Your preferences"


async def test_a_button_of_somebody_elses_message_does_nothing(acme: Company, clock: Clock) -> None:
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await live_until(acme, clock, FRIDAY)
    async with acme.bot.work() as session:
        mine = (await session.scalars(select(Person.id).where(Person.name == "Ana Silva"))).one()
        theirs = (await session.scalars(select(Person.id).where(Person.name == "Pia Lund"))).one()
        await session.execute(
            update(Notification).where(Notification.person_id == mine).values(person_id=theirs)
        )
    await ana.dm.last.choose_overflow("Snooze 1 hour")
    assert "not waiting for you" in ana.modal.text
    assert "How was your week?" in pia.dm.last.text


async def test_the_two_companies_do_not_hear_of_each_other(
    acme: Company, globex: Company, clock: Clock
) -> None:
    await live_until(acme, clock, FRIDAY)
    await acme.slack.person("Ana Silva").dm.last.choose_overflow("Not this week")
    assert not globex.slack.person("Ana Silva").dm

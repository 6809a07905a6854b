"""HR decides: once, never on their own, and the list and the payment are theirs."""

import pytest
from sqlalchemy import select

from bot.models import Person
from tests.routes.awards.builders import decide, look, nominate, second_hr
from tests.routes.world import Clock, Company


async def test_a_second_decision_is_calm_and_names_who_was_first(acme: Company) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    carla = await second_hr(acme, "Carla Diaz")
    await nominate(ana, "Pia Lund")
    await carla.command("/kudos awards")
    await carla.modal.press("Read and decide")
    await decide(hana)
    carla.modal.choose("Decision", "Decline")
    carla.modal.fill("Why?", "Not now")
    await carla.modal.submit()
    assert "Hana Ito has approved this nomination already; nothing changed." in carla.modal.text
    await acme.delivered()
    assert "approved" in ana.dm.last.text and "Not now" not in ana.dm.text


async def test_whoever_nominated_reads_why_they_do_not_decide(acme: Company) -> None:
    hana = acme.slack.person("Hana Ito")
    carla = await second_hr(acme, "Carla Diaz")
    await nominate(hana, "Pia Lund")
    await hana.command("/kudos awards")
    assert "No nomination waits for you." in hana.modal.text
    await hana.modal.press("Open", beside="Pia Lund")
    assert "another HR admin decides" in hana.modal.text and not hana.modal.submit_label
    await decide(carla, "Decline")
    assert "Say why" in carla.modal.errors["Why?"]
    carla.modal.fill("Why?", "Her first month")
    await carla.modal.submit()
    await acme.delivered()
    assert "declined: Pia Lund" in hana.dm.last.text and "Her first month" not in hana.dm.last.text
    await hana.dm.last.press("Open")
    assert "Her first month" in hana.modal.text
    assert acme.slack.person("Pia Lund").dm.text == ""


async def test_hr_reads_of_their_own_managers_nomination_no_more_than_its_nominator(acme: Company) -> None:
    hana, carla = acme.slack.person("Hana Ito"), await second_hr(acme, "Carla Diaz")
    await second_hr(acme, "Ana Silva")
    await nominate(hana, "Dee Park", conflict="She is my manager.")
    await decide(acme.slack.person("Ana Silva"), code="HR-7")
    await hana.command("/kudos awards")
    await hana.modal.press("Open", beside="Dee Park")
    assert "Approved by Ana Silva" in hana.modal.text and "HR-7" not in hana.modal.text
    assert "Conflict of interest" not in hana.modal.text and "Mark as paid" not in hana.modal.text
    await carla.command("/kudos awards")
    assert "Dee Park" not in carla.modal.text


async def test_after_somebody_left_only_declining_is_offered(acme: Company, clock: Clock) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await nominate(ana, "Ben Okafor")
    async with acme.bot.work() as session:
        ben = (await session.scalars(select(Person).where(Person.name == "Ben Okafor"))).one()
        ben.deactivated_at = clock.now
    await hana.command("/kudos awards")
    await hana.modal.press("Read and decide")
    assert "Ben Okafor has left, so this can only be declined." in hana.modal.text
    assert "Approve" not in hana.modal.text


async def test_hr_keeps_the_list_of_awards(acme: Company) -> None:
    hana, ana = acme.slack.person("Hana Ito"), acme.slack.person("Ana Silva")
    await hana.command("/kudos awards")
    await hana.modal.press("List of awards")
    await hana.modal.press("Add an award")
    hana.modal.fill("Name", "spot award")
    await hana.modal.submit()
    assert "There is an award called “Spot award” already" in hana.modal.errors["Name"]
    hana.modal.fill("Name", "Quiet hero")
    await hana.modal.submit()
    await hana.modal.press("Change", beside="Teacher")
    await hana.modal.press("Retire it")
    assert "Quiet hero" in hana.modal.text and "Teacher" not in hana.modal.text
    await ana.command("/kudos nominate @Ben Okafor")
    assert "Ben Okafor" in ana.modal.text
    ana.modal.choose("For which award?", "Quiet hero")


async def test_what_was_approved_is_marked_as_paid(acme: Company) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await nominate(ana, "Ben Okafor")
    await decide(hana, code="HR-7")
    await look(hana)
    assert "No channel is told." in hana.modal.text
    await hana.modal.submit()
    assert "HR-7, not paid yet" in hana.modal.text
    await hana.modal.press("Open", beside="not paid yet")
    await hana.modal.press("Mark as paid")
    assert "Marked as paid on 18 November" in hana.modal.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_hr_sees_how_awards_spread_and_others_are_not_offered_it(acme: Company) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await nominate(ana, "Ben Okafor")
    await decide(hana)
    await look(hana)
    await hana.modal.submit()
    await acme.delivered()
    await hana.command("/kudos awards")
    await hana.modal.press("How they spread")
    assert hana.modal.title == "How awards spread"
    assert "1 colleague received an award" in hana.modal.text
    assert "Ben" not in hana.modal.text, "figures name nobody"
    await ana.command("/kudos awards")
    assert "How they spread" not in ana.modal.text

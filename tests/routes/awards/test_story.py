"""An award travels: nominated in confidence, decided by HR, heard by its receiver first, then seen by everybody."""

from bot.services import awards, people
from tests.routes.awards.builders import ACT, SAID, look, nominate
from tests.routes.steps import a_channel
from tests.routes.world import Clock, Company


async def test_from_a_nomination_to_the_channel_the_receiver_first(
    acme: Company, globex: Company, clock: Clock
) -> None:
    a_channel(acme, "news")
    a_channel(acme, "wins")
    ana, ben, pia, hana = (
        acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund", "Hana Ito")
    )
    await ana.command("/kudos nominate")
    assert "you and the HR admins (Hana Ito), never whom you nominate" in ana.modal.text
    await ana.modal.close_all()
    await nominate(ana, "Ben Okafor", evidence="https://example.com/ticket/7")
    assert "Ben Okafor is nominated for Spot award" in ana.modal.text
    await acme.delivered()
    assert "A nomination waits for a decision" in hana.dm.last.text and "Ben" not in hana.dm.last.text
    await hana.dm.last.press("Open awards")
    assert "nominated by Ana Silva on 18 November" in hana.modal.text
    await hana.modal.press("Read and decide")
    assert ACT in hana.modal.text and "https://example.com/ticket/7" in hana.modal.text
    hana.modal.choose("Decision", "Approve")
    hana.modal.fill("Why?", "Clear and well told.")
    hana.modal.fill("Budget code", "HR-7")
    await hana.modal.submit()
    assert "The nominator is told" in hana.modal.text
    await acme.delivered()
    assert "Your nomination was approved: Ben Okafor for Spot award" in ana.dm.last.text
    assert "Clear and well told." not in ana.dm.last.text and "Ben" not in ana.dm.last.notification
    await ana.dm.last.press("Open")
    assert "Clear and well told." in ana.modal.text and "HR-7" not in ana.modal.text
    assert ben.dm.text == "" and "HR-7" not in ana.dm.text
    await look(hana, "news", "wins")
    assert SAID in hana.modal.text and "#news, #wins" in hana.modal.text
    assert "Ben Okafor hears it first" in hana.modal.text and "1 to 3 seconds" in hana.modal.text
    await hana.modal.submit()
    assert (
        "Ben Okafor hears of it now or as soon as they are at work, and 2 channels a minute later"
        in hana.modal.text
    )
    await acme.delivered()
    assert "You receive the award “Spot award”" in ben.dm.last.text and "first to know" in ben.dm.last.text
    assert SAID not in ben.dm.last.notification
    assert len(pia.channel("news")) == len(pia.channel("wins")) == 0
    clock.move(minutes=2)
    await acme.delivered()
    for room in ("news", "wins"):
        assert [SAID in one.text for one in pia.channel(room).messages] == [True]
    assert "Spot award: Ben Okafor" in pia.channel("news").last.text
    assert "Ana" not in pia.channel("news").last.text and pia.pings == []
    await pia.command("/kudos awards")
    assert "Ben Okafor for Spot award, 18 November 2026" in pia.modal.text and "HR-7" not in pia.modal.text
    assert "You have nominated nobody yet" in pia.modal.text
    assert globex.slack.person("Ben Okafor").dm.text == ""


async def test_nobody_but_the_nominator_and_hr_sees_that_it_waits(acme: Company) -> None:
    ana, ben, carla, hana = (
        acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Carla Diaz", "Hana Ito")
    )
    await nominate(ana, "Ben Okafor")
    await acme.delivered()
    for someone in (ben, carla):
        await someone.command("/kudos awards")
        assert "Spot award" not in someone.modal.text and "Ana" not in someone.modal.text
        assert "nomination" not in (await someone.open_home()).text
    assert "1 nomination waits for a decision" in (await hana.open_home()).text
    await ana.command("/kudos awards")
    assert "Ben Okafor for Spot award: waiting for a decision" in ana.modal.text


async def test_an_award_is_nobodys_business_in_another_company(acme: Company, globex: Company) -> None:
    await nominate(acme.slack.person("Ana Silva"), "Ben Okafor")
    async with globex.bot.read() as session:
        hana = await people.by_slack_id(session, globex.slack.person("Hana Ito").id)
        assert await awards.waiting_for(session, hana) == 0

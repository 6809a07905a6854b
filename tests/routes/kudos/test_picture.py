"""One's own kudos as a picture."""

import pytest

from bot.services import kudos, people
from tests.routes.kudos.builders import give
from tests.routes.world import Clock, Company


async def test_ones_own_kudos_come_as_a_picture_to_oneself_alone(acme: Company, clock: Clock) -> None:
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await give(pia, "Ben Okafor", channel="")
    clock.move(days=40)
    await give(ana, "Ben Okafor", "Pia Lund", channel="")
    await acme.delivered()
    await ben.command("/kudos mine")
    await ben.modal.press("Send me a picture")
    assert "The picture of your kudos comes into our direct messages" in ben.modal.text
    await acme.sent()
    picture = ben.dm.last.text
    assert "[file: Your kudos, November to December 2026" in picture
    assert "no value named: 2 received, 0 given. Dec: 1 received, 0 given. Nov: 1 received" in picture
    assert "renewed" not in picture and "Ana" not in picture
    assert "[file:" not in ana.dm.text + pia.dm.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_no_picture_is_sent_of_thanks_that_were_taken_back_meanwhile(
    acme: Company, clock: Clock
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos mine")
    assert "Send me a picture" not in ana.modal.text and "You have thanked nobody yet" in ana.modal.text
    await ana.modal.close_all()
    await give(ana, "Ben Okafor", channel="")
    await acme.delivered()
    clock.move(days=2)
    await ana.command("/kudos mine")
    window = ana.modal
    async with acme.bot.work() as session:
        giver = await people.by_slack_id(session, ana.id)
        await kudos.take_back(session, giver, 1, now=clock.now)
    await window.press("Send me a picture")
    await acme.sent()
    assert "You have thanked nobody yet" in ana.modal.text and "[file:" not in ana.dm.text

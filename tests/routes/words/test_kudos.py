"""Thanks and awards: given, received, posted, refused, removed, nominated, decided; a work anniversary."""

from datetime import date, datetime, timedelta

import pytest

from bot.services import kudos
from bot.slack import POST_ANYWHERE
from bot.timetable import in_one_transaction
from playground.workspace import Channel
from tests.routes.awards.builders import decide, look, nominate
from tests.routes.kudos.builders import give, recognised_in
from tests.routes.steps import a_channel, not_granted
from tests.routes.test_anniversaries import began, plan
from tests.routes.words.conftest import Reads
from tests.routes.world import Clock, Company


@pytest.fixture
def thanks(acme: Company) -> Channel:
    return a_channel(acme)


async def test_thanks(acme: Company, thanks: Channel, clock: Clock, reads: Reads) -> None:
    ana, ben, hana = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito"))
    await ana.command("/kudos")
    reads("kudos form", ana.modal)
    await ana.modal.close_all()
    await give(ana, "Ben Okafor", "Pia Lund")
    reads("kudos sent", ana.modal)
    await ana.modal.close_all()
    await acme.delivered()
    reads("kudos received", ben.dm.last)
    reads("kudos posted", ben.channel("thanks").last)
    await ana.command("/kudos @ben for asking the right question in time #courage", channel="thanks")
    reads("kudos in a line, before they are sent", ana.ephemeral.last)
    await ana.command("/kudos mine")
    reads("my kudos", ana.modal)
    await ana.modal.close_all()

    await ana.channel("thanks").last.choose_overflow("Take it back")
    reads("taking back form", ana.modal)
    await ana.modal.close_all()
    await hana.channel("thanks").last.choose_overflow("Remove it (HR admins)")
    reads("removal form", hana.modal)
    hana.modal.fill("Why?", "It names a customer")
    await hana.modal.submit()
    await acme.delivered()
    reads("kudos removed", ana.dm.last)
    reads("kudos posted, and removed", ben.channel("thanks").last)


async def test_a_post_that_slack_refuses(acme: Company, thanks: Channel, reads: Reads) -> None:
    ana = acme.slack.person("Ana Silva")
    not_granted(acme, POST_ANYWHERE)
    await give(ana, "Ben Okafor")
    thanks.members.pop()
    await acme.delivered()
    reads("post refused", ana.dm.last)


async def test_a_channel_in_which_the_bot_may_not_post(acme: Company, reads: Reads) -> None:
    await recognised_in(acme, "thanks")
    a_channel(acme, "random", with_bot=False)
    a_channel(acme, "secret", with_bot=False, kind="private_channel")
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos @Ben Okafor for asking the right question in time", channel="random")
    reads("a line in a public channel", ana.ephemeral.last)
    await give(ana, "Ben Okafor", channel="random")
    reads("the form, in a public channel", ana.modal)
    await ana.modal.close_all()
    await ana.command("/kudos @Ben Okafor for asking the right question in time", channel="secret")
    reads("a line in a private channel", ana.ephemeral.last)


async def test_what_hr_keeps(acme: Company, thanks: Channel, clock: Clock, reads: Reads) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await give(ana, "Ben Okafor")
    home = await hana.open_home()
    await home.press("Values")
    reads("values", hana.modal)
    await hana.modal.press("Add a value")
    reads("value form", hana.modal)
    await hana.modal.close_all()
    await home.press("Recognition")
    reads("recognition in figures", hana.modal)
    await hana.modal.press("Monthly look back")
    reads("look back form", hana.modal)
    hana.modal.pick_channel("In which channel?", "thanks")
    await hana.modal.submit()
    await hana.modal.close_all()
    clock.now = datetime(2026, 12, 1, 12, 0, tzinfo=clock.now.tzinfo)
    await in_one_transaction(kudos.plan_digest)(acme.bot)
    clock.move(hours=12)
    await acme.delivered()
    reads("kudos digest", ana.channel("thanks").last)


async def test_an_award(acme: Company, thanks: Channel, clock: Clock, reads: Reads) -> None:
    ana, ben, hana = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito"))
    await ana.command("/kudos nominate")
    reads("nomination form", ana.modal)
    await ana.modal.close_all()
    await nominate(ana, "Ben Okafor")
    await ana.modal.close_all()
    await acme.delivered()
    reads("nominations wait", hana.dm.last)
    await hana.command("/kudos awards")
    reads("awards, for HR", hana.modal)
    await hana.modal.press("Read and decide")
    reads("decision form", hana.modal)
    await hana.modal.close_all()
    await decide(hana, why="Clear and well told.")
    await hana.modal.close_all()
    await acme.delivered()
    reads("nomination decided", ana.dm.last)
    await hana.command("/kudos awards")
    await hana.modal.press("List of awards")
    reads("list of awards", hana.modal)
    await hana.modal.press("Add an award")
    reads("award form", hana.modal)
    await hana.modal.close_all()
    await look(hana, "thanks")
    reads("announcement, before it is sent", hana.modal)
    await hana.modal.submit()
    await hana.modal.close_all()
    await acme.delivered()
    reads("award received", ben.dm.last)
    clock.move(minutes=2)
    await acme.delivered()
    reads("award posted", ben.channel("thanks").last)


async def test_a_work_anniversary(acme: Company, clock: Clock, reads: Reads) -> None:
    await began(acme, "Ana Silva", date(2023, 12, 2))
    ben = acme.slack.person("Ben Okafor")
    await plan(acme)
    clock.now += timedelta(hours=24)
    await acme.delivered()
    reads("anniversary coming", ben.dm.last)
    await ben.dm.last.press("Open the draft")
    reads("anniversary, the draft", ben.modal)

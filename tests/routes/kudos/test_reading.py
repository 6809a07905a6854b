"""Whoever is thanked, reads along or says “me too”, and what HR counts."""

from datetime import UTC, datetime

import pytest

from bot.services import kudos
from bot.timetable import in_one_transaction
from playground.workspace import Channel
from tests.routes.kudos.builders import LONG, give, pinged
from tests.routes.steps import a_channel
from tests.routes.world import Clock, Company


async def test_who_wants_thanks_in_private_is_never_named_in_a_channel_again(acme: Company) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await ben.dm.last.press("Thank me in private")
    await acme.delivered()
    with pytest.raises(AssertionError, match="Thank me in private"):
        await ben.dm.last.press("Thank me in private")  # chosen, so it is not asked again
    await give(acme.slack.person("Pia Lund"), "Ben Okafor", "Ana Silva", text=f"{LONG} Twice.")
    await acme.delivered()
    assert "Pia Lund thanks Ana Silva" in ana.channel("thanks").last.text
    assert "Ben" not in ana.channel("thanks").last.text
    assert f"{LONG} Twice." in ben.dm.text


async def test_reactions_say_me_too_and_ping_nobody(acme: Company) -> None:
    a_channel(acme)
    ana, pia, carla = (acme.slack.person(name) for name in ("Ana Silva", "Pia Lund", "Carla Diaz"))
    await give(ana, "Ben Okafor")
    await acme.delivered()
    before = [len(person.pings) for person in (ana, pia, carla)]
    for someone in (pia, carla):
        await someone.channel("thanks").last.react("tada")
        await someone.channel("thanks").last.react("heart")
    await acme.delivered()
    assert [len(person.pings) for person in (ana, pia, carla)] == before
    await ana.command("/kudos mine")
    assert "2 said “me too”" in ana.modal.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_whom_the_post_does_not_name_is_told_so_and_so_is_the_giver(
    acme: Company, thanks: Channel
) -> None:
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await ben.command("/kudos mine")
    await ben.modal.press("Thank me in private")
    await give(ana, "Ben Okafor", "Pia Lund")
    assert "Pia Lund will read it in #thanks. Ben Okafor will read it in private." in ana.modal.text
    await acme.delivered()
    assert "the post for #thanks leaves your name out" in ben.dm.last.text
    assert "Also meant for everybody in #thanks" in pia.dm.last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_many_thanks_of_one_day_are_counted_and_all_can_be_read(acme: Company, clock: Clock) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    for number in range(18):
        await give(ana, "Ben Okafor", text=f"{LONG} {number:02}", channel="")
    await acme.delivered()
    await acme.delivered()  # the pace of the first moved the clock on
    assert "18 things for you" in ben.dm.last.text and "/kudos mine" in ben.dm.last.text
    await ben.command("/kudos mine")
    await ben.modal.press("Show older")
    assert f"{LONG} 12" in ben.modal.text
    await ben.modal.press("Show older")
    assert f"{LONG} 00" in ben.modal.text
    await ben.modal.press("Back to the newest")
    assert f"{LONG} 17" in ben.modal.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_hr_sees_groups_and_has_the_month_looked_back_on_in_a_channel(
    acme: Company, clock: Clock, thanks: Channel
) -> None:
    ana, hana, pia = (acme.slack.person(name) for name in ("Ana Silva", "Hana Ito", "Pia Lund"))
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await (await hana.open_home()).press("Recognition")
    assert (
        "The last 90 days, 6 people" in hana.modal.text
        and "1 gave thanks and 1 was thanked" in hana.modal.text
    )
    await hana.modal.press("Monthly look back")
    hana.modal.pick_channel("In which channel?", "thanks")
    await hana.modal.submit()
    assert "On the first working day of each month I look back on thanks in #thanks." in hana.modal.text
    clock.now = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)
    for _ in range(2):
        await in_one_transaction(kudos.plan_digest)(acme.bot)
        await acme.delivered()
    assert "Thanks in November" in pia.channel("thanks").last.text and LONG in pia.channel("thanks").last.text
    assert len(pia.channel("thanks")) == 2 and pinged(acme, "Pia Lund") == []
    await ana.command("/kudos mine")
    await ana.modal.press("Take back")
    await acme.delivered()
    assert "What stood here was taken back." in pia.channel("thanks").last.text
    assert LONG not in pia.channel("thanks").text

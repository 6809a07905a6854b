"""Announcing an award: now or later, the receiver first, withdrawn in time."""

from bot.services import kudos, people
from bot.slack import POST_ANYWHERE
from playground.faults import Faults
from playground.web_api.call import Answer, Request
from tests.routes.awards.builders import SAID, decide, look, nominate
from tests.routes.steps import a_channel, not_granted
from tests.routes.trouble import BUSY
from tests.routes.world import Clock, Company


async def test_an_award_reaches_a_public_channel_to_which_nobody_invited_the_bot(
    acme: Company, clock: Clock
) -> None:
    a_channel(acme, "news", with_bot=False)
    ana, hana, pia = (acme.slack.person(name) for name in ("Ana Silva", "Hana Ito", "Pia Lund"))
    await nominate(ana, "Ben Okafor")
    await decide(hana)
    await look(hana, "news")
    await hana.modal.submit()
    await acme.delivered()
    clock.move(minutes=2)
    await acme.delivered()
    assert [SAID in one.text for one in pia.channel("news").messages] == [True]


async def test_without_the_scope_the_channel_is_named_and_every_word_stays(
    acme: Company, clock: Clock
) -> None:
    not_granted(acme, POST_ANYWHERE)
    open_room, room = a_channel(acme, "news"), a_channel(acme, "wins", with_bot=False)
    ana, hana, pia = (acme.slack.person(name) for name in ("Ana Silva", "Hana Ito", "Pia Lund"))
    await nominate(ana, "Ben Okafor")
    await decide(hana)
    await look(hana, "news", "wins")
    error = hana.modal.errors["In which channels?"]
    assert error == "I may not post in #wins. Take it off the list, or type /invite @Rapport there."
    assert SAID in hana.modal.text
    room.members.append(acme.playground.team(acme.bot.workspace_id).installed.bot.id)
    await hana.modal.submit()
    await hana.modal.press("Change it")
    assert SAID in hana.modal.text
    await hana.modal.submit()
    await hana.modal.submit(times=2)
    open_room.members.remove(acme.playground.team(acme.bot.workspace_id).installed.bot.id)
    clock.move(minutes=2)
    await acme.delivered()
    assert [SAID in one.text for one in pia.channel("wins").messages] == [True]
    await acme.delivered()
    assert "Your post is not in #news yet" in hana.dm.text


async def test_what_is_scheduled_can_be_withdrawn_and_reaches_nobody(acme: Company, clock: Clock) -> None:
    a_channel(acme, "news")
    ana, ben, hana = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito"))
    await nominate(ana, "Ben Okafor")
    await decide(hana)
    await look(hana, "news", day="2026-11-20")
    assert "Choose the time too" in hana.modal.errors["At what time?"]
    hana.modal.choose("At what time?", "09:30")
    await hana.modal.submit()
    assert "Friday 09:30" in hana.modal.text and hana.modal.submit_label == "Schedule it"
    await hana.modal.submit()
    assert "Ben Okafor hears of it Friday 09:30" in hana.modal.text
    await hana.modal.press("Open", beside="to be announced on 20 November 2026")
    await hana.modal.press("Withdraw the announcement")
    assert "Withdrawn. Nobody was told." in hana.modal.text
    clock.move(days=3)
    await acme.delivered()
    assert ben.dm.text == "" and len(ben.channel("news")) == 0
    await look(hana, "news")
    await hana.modal.submit()
    clock.move(minutes=2)
    await acme.delivered()
    assert ben.dm.text == "" and len(ben.channel("news")) == 0  # it is Saturday, and Ben hears of it first
    clock.move(days=2)
    await acme.delivered()
    clock.move(minutes=2)
    await acme.delivered()
    assert "award" in ben.dm.text and len(ben.channel("news")) == 1


async def test_who_wants_thanks_in_private_hears_it_and_nobody_else_does(acme: Company, clock: Clock) -> None:
    a_channel(acme, "news")
    ana, ben, hana, pia = (
        acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito", "Pia Lund")
    )
    await nominate(ana, "Ben Okafor")
    await decide(hana)
    await look(hana, "news")
    await hana.modal.submit()
    async with acme.bot.work() as session:
        person = await people.by_slack_id(session, ben.id)
        await kudos.prefer_private(session, person, person=person, in_private=True, now=clock.now)
    clock.move(minutes=2)
    await acme.delivered()
    assert "You receive the award" in ben.dm.last.text and len(pia.channel("news")) == 0
    assert "It is announced in no channel." in ben.dm.last.text
    await pia.command("/kudos awards")
    assert "Ben Okafor" not in pia.modal.text


class BusyFor(Faults):
    """Slack takes nothing addressed to this person, and asks for a rest each time."""

    def __init__(self, user_id: str) -> None:
        self._user_id = user_id

    async def before_call(self, request: Request) -> Answer | None:
        return BUSY if request.args.get("channel") == self._user_id else None


async def test_no_channel_hears_it_while_slack_keeps_it_from_its_receiver(
    acme: Company, clock: Clock
) -> None:
    a_channel(acme, "news")
    ana, ben, hana = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito"))
    await nominate(ana, "Ben Okafor")
    await decide(hana)
    await look(hana, "news")
    await hana.modal.submit()
    acme.playground.ground.faults = BusyFor(ben.id)
    for _ in range(3):
        await acme.delivered()
        clock.move(minutes=2)
    assert ben.dm.text == "" and len(ben.channel("news")) == 0
    acme.playground.ground.faults = Faults()
    await acme.delivered()
    assert "You are the first to know" in ben.dm.last.text
    clock.move(minutes=2)
    await acme.delivered()
    assert len(ben.channel("news")) == 1

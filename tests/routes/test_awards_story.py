"""An award travels: nominated in confidence, decided by HR, heard by its receiver first, then seen by everybody."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.models import Nomination, Notice, Person, Workspace
from bot.services import anniversaries, awards, kudos, people
from playground.driver.person import Person as Someone
from playground.faults import Faults
from playground.web_api.call import Answer, Request
from tests.routes.steps import a_channel
from tests.routes.trouble import BUSY
from tests.routes.world import Clock, Company

ACT = "Rebuilt the importer over a weekend, with the customer on the line."
EFFECT = "Two customers stayed who had resigned."
SAID = "Ben rebuilt the importer, and two customers stayed."


async def nominate(someone: Someone, whom: str, **fields: str) -> None:
    await someone.command("/kudos nominate")
    someone.modal.pick_person("Whom do you nominate?", whom)
    someone.modal.choose("For which award?", "Spot award: One deed")
    someone.modal.fill("What did they do?", fields.get("act", ACT))
    someone.modal.fill("What did it change", fields.get("effect", EFFECT))
    if "evidence" in fields:
        someone.modal.fill("A link that shows it", fields["evidence"])
    if "conflict" in fields:
        someone.modal.fill("What should HR know", fields["conflict"])
    await someone.modal.submit()


async def decide(hr: Someone, verdict: str = "Approve", **fields: str) -> None:
    await hr.command("/kudos awards")
    await hr.modal.press("Read and decide")
    hr.modal.choose("Decision", verdict)
    for label, text in fields.items():
        hr.modal.fill({"why": "Why?", "code": "Budget code"}[label], text)
    await hr.modal.submit()


async def look(hr: Someone, *channels: str, text: str = SAID, day: str = "", time: str = "") -> None:
    """The announcement as far as its preview."""
    await hr.command("/kudos awards")
    await hr.modal.press("Announce")
    hr.modal.fill("What shall everybody read?", text)
    if channels:
        hr.modal.pick_channel("In which channels?", *channels)
    if day:
        hr.modal.fill("On which day?", day)
    if time:
        hr.modal.choose("At what time?", time)
    await hr.modal.submit()


async def second_hr(company: Company, name: str) -> Someone:
    async with company.bot.work() as session:
        person = (await session.scalars(select(Person).where(Person.name == name))).one()
        await people.grant_hr(session, person, now=company.bot.now())
    return company.slack.person(name)


async def nominations(company: Company) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count(Nomination.id))) or 0


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
    assert "Ben Okafor hears of it now, and 2 channels a minute later" in hana.modal.text
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


async def test_home_opens_the_form_too(acme: Company) -> None:
    home = await acme.slack.person("Ana Silva").open_home()
    await home.press("Nominate")
    assert acme.slack.person("Ana Silva").modal.title == "Nominate a colleague"


@pytest.mark.parametrize(
    ("whom", "fields", "label", "sentence"),
    [
        ("Ana Silva", {}, "Whom do you nominate?", "You cannot nominate yourself"),
        ("Hana Ito", {}, "Whom do you nominate?", "Nobody could decide on it"),
        ("Ben Okafor", {"evidence": "the wiki"}, "A link that shows it", "begins with https://"),
    ],
)
async def test_what_is_wrong_is_said_under_its_field_and_nothing_typed_is_lost(
    acme: Company, whom: str, fields: dict[str, str], label: str, sentence: str
) -> None:
    ana = acme.slack.person("Ana Silva")
    await nominate(ana, whom, **fields)
    assert sentence in ana.modal.errors[label] and await nominations(acme) == 0
    assert ACT in ana.modal.text
    ana.modal.pick_person("Whom do you nominate?", "Ben Okafor")
    ana.modal.fill("A link that shows it", "https://example.com/1")
    await ana.modal.submit(times=2)
    assert await nominations(acme) == 1


async def test_the_form_names_no_fewer_readers_than_there_are(acme: Company) -> None:
    for name in ("Ben Okafor", "Carla Diaz", "Dee Park"):
        await second_hr(acme, name)
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos nominate")
    assert "the HR admins (Ben Okafor, Carla Diaz, Dee Park and others)" in ana.modal.text


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


async def test_a_channel_without_the_bot_keeps_the_words_and_says_how_to_invite_it(
    acme: Company, clock: Clock
) -> None:
    open_room, room = a_channel(acme, "news"), a_channel(acme, "wins", with_bot=False)
    ana, hana, pia = (acme.slack.person(name) for name in ("Ana Silva", "Hana Ito", "Pia Lund"))
    await nominate(ana, "Ben Okafor")
    await decide(hana)
    await look(hana, "news", "wins")
    error = hana.modal.errors["In which channels?"]
    assert "I am not in #wins. Type /invite @Rapport there" in error and "#news" not in error
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
    assert len(ben.channel("news")) == 1


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


# Anniversaries


async def began(company: Company, name: str, day: date) -> None:
    async with company.bot.work() as session:
        (await session.scalars(select(Person).where(Person.name == name))).one().start_date = day
        workspace = await session.get_one(Workspace, company.bot.workspace_id)
        workspace.checkins_started_at = company.bot.now() - timedelta(days=30)


async def plan(company: Company) -> int:
    async with company.bot.work() as session:
        return await anniversaries.plan(session, now=company.bot.now())


async def test_a_manager_is_handed_a_draft_and_nobody_else_hears_of_it(acme: Company, clock: Clock) -> None:
    a_channel(acme, "news")
    await began(acme, "Ana Silva", date(2023, 12, 2))
    ben, ana = acme.slack.person("Ben Okafor"), acme.slack.person("Ana Silva")
    assert await plan(acme) == 1
    clock.move(hours=24)
    await acme.delivered()
    assert "Ana Silva: 3 years on 2 December" in ben.dm.last.text
    await ben.dm.last.press("Open the draft")
    assert "Ana Silva, 3 years with us" in ben.modal.text and "Wednesday 2 December" in ben.modal.text
    assert "Nobody has thanked them here where all can read it" in ben.modal.text
    assert ana.dm.text == "" and len(ana.channel("news")) == 0


async def test_no_greeting_for_me_is_said_once_and_kept(acme: Company, clock: Clock) -> None:
    await began(acme, "Ana Silva", date(2023, 12, 2))
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    assert await plan(acme) == 1
    home = await ana.open_home()
    await home.press("No greeting for me")
    assert "I mention your work anniversary to nobody" in (await ana.open_home()).text
    clock.move(hours=24)
    await plan(acme)
    await acme.delivered()
    assert "years" not in ben.dm.text
    async with acme.bot.read() as session:
        assert await session.scalar(select(func.count(Notice.id)).where(Notice.state == "planned")) == 0


async def test_what_stands_in_an_old_draft_is_asked_again(acme: Company, clock: Clock) -> None:
    await began(acme, "Ana Silva", date(2023, 12, 2))
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await plan(acme)
    clock.move(hours=24)
    await acme.delivered()
    await (await ana.open_home()).press("No greeting for me")
    await ben.dm.last.press("Open the draft")
    assert "not available to you" in ben.modal.text


async def test_an_award_is_nobodys_business_in_another_company(acme: Company, globex: Company) -> None:
    await nominate(acme.slack.person("Ana Silva"), "Ben Okafor")
    async with globex.bot.read() as session:
        hana = await people.by_slack_id(session, globex.slack.person("Hana Ito").id)
        assert await awards.waiting_for(session, hana) == 0


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

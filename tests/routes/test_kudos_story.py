"""Thanks travel: from a form, a typed line or a message to the channel and to whoever is thanked, and back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.jobs import plan_kudos_digest
from bot.models import Kudos, KudosEntry, Notice, Person, PersonKind
from playground.driver.person import Person as Someone
from playground.faults import Faults
from playground.web_api.call import Answer
from playground.workspace import Channel
from playground.workspace.members import Usergroup
from tests.routes.steps import a_channel
from tests.routes.trouble import BROKEN, BUSY, Unwell
from tests.routes.world import Clock, Company

LONG = "Stayed on the line until the import ran through; the customer renewed on Friday."


async def give(someone: Someone, *whom: str, text: str = LONG, channel: str = "thanks") -> None:
    """In the form, sent as it is."""
    await someone.command("/kudos")
    await someone.modal.change("Whom do you thank?", *whom)
    someone.modal.fill("What did they do", text)
    if channel:
        await someone.modal.change("Where shall I say it?", channel)
    await someone.modal.submit()


async def given(company: Company) -> int:
    async with company.bot.read() as session:
        return await session.scalar(select(func.count()).select_from(Kudos)) or 0


async def record(company: Company) -> Sequence[str]:
    async with company.bot.read() as session:
        return (await session.scalars(select(KudosEntry.event).order_by(KudosEntry.id))).all()


def pinged(company: Company, name: str) -> list[str]:
    return [ping.why for ping in company.slack.person(name).pings]


async def test_thanks_from_the_form_stand_in_the_channel_and_ping_nobody_there(
    acme: Company, globex: Company
) -> None:
    a_channel(acme)
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await ana.command("/kudos")
    assert "Who sees this: only you and those you thank. Not HR." in ana.modal.text
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    assert "only you and Ben Okafor. Not their managers, not HR." in ana.modal.text
    await ana.modal.change("Where shall I say it?", "thanks")
    assert "everybody in #thanks" in ana.modal.text
    ana.modal.fill("What did they do", LONG)
    ana.modal.choose("Which value did it show?", "Own it")
    await ana.modal.submit()
    assert "Ben Okafor will read it in #thanks" in ana.modal.text
    await acme.delivered()
    post = pia.channel("thanks").last
    assert "Ana Silva thanks Ben Okafor" in post.text and LONG in post.text and "Own it" in post.text
    assert pinged(acme, "Pia Lund") == [] and pinged(acme, "Ben Okafor") == ["dm"]
    assert "Ana Silva thanks you" in ben.dm.last.text and LONG in ben.dm.last.text
    assert "renewed" not in ben.dm.last.notification
    assert globex.slack.person("Ben Okafor").dm.text == ""


async def test_a_line_is_shown_first_and_then_sent(acme: Company) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command(
        "/kudos @Ben Okafor and @Pia Lund for fixing what @Dee Park found #craft", channel="thanks"
    )
    preview = ana.ephemeral.last
    assert "Thanks to Ben Okafor and Pia Lund" in preview.text
    assert "In #thanks" in preview.text and "for fixing what Dee Park found" in preview.text
    assert "Value: Craft" in preview.text and await given(acme) == 0
    await preview.press("Send kudos", times=2)
    await acme.delivered()
    assert await given(acme) == 1
    assert "Ana Silva thanks Ben Okafor and Pia Lund" in ben.channel("thanks").last.text
    assert acme.slack.person("Dee Park").pings == []


async def test_a_message_can_be_thanked_for_with_a_link_to_it(acme: Company) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ben.say("I wrote the runbook we were missing", channel="thanks")
    await ana.channel("thanks").last.shortcut("Give kudos")
    assert "Ben Okafor" in ana.modal.text and "About the message you chose" in ana.modal.text
    ana.modal.fill("What did they do", LONG)
    await ana.modal.submit()
    await acme.delivered()
    assert "about this message" in ana.channel("thanks").last.text


async def test_the_global_shortcut_opens_the_same_form(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.shortcut("Give kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    ana.modal.fill("What did they do", LONG)
    await ana.modal.submit()
    await acme.delivered()
    assert (
        "Only you and those who gave or share these thanks see them"
        in acme.slack.person("Ben Okafor").dm.last.text
    )


async def test_a_vague_word_is_asked_about_once_and_may_stay(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor", text="Thanks!", channel="")
    assert "What did it change?" in ana.modal.text and await given(acme) == 0
    assert ana.modal.submit_label == "Send as it is"
    await ana.modal.submit()
    assert await given(acme) == 1


async def test_within_ten_minutes_it_is_undone_and_the_post_says_so(acme: Company) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await ana.modal.press("Undo")
    assert "count no more" in ana.modal.text
    await acme.delivered()
    await ana.modal.press("Give kudos anew")
    assert LONG in ana.modal.text and "Ben Okafor" in ana.modal.text
    assert ben.channel("thanks").last.text.strip() == "A thank-you was taken back."
    assert LONG not in ben.dm.text
    assert list(await record(acme)) == ["given", "undone"]


async def test_later_it_is_withdrawn_from_ones_own_list(acme: Company, clock: Clock) -> None:
    a_channel(acme)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    clock.move(days=2)
    await ana.command("/kudos mine")
    assert "0 received, 1 given" in ana.modal.text
    await ana.modal.press("Take back")
    assert "You have thanked nobody yet" in ana.modal.text
    await acme.delivered()
    assert "withdrawn" in ana.channel("thanks").last.text
    assert list(await record(acme)) == ["given", "withdrawn"]


async def test_hr_removes_a_post_with_a_reason_and_the_giver_learns_why(acme: Company) -> None:
    a_channel(acme)
    ana, hana, pia = (acme.slack.person(name) for name in ("Ana Silva", "Hana Ito", "Pia Lund"))
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await pia.channel("thanks").last.choose_overflow("Remove it (HR admins)")
    assert "Only HR admins remove thanks" in pia.modal.text
    await hana.channel("thanks").last.choose_overflow("Remove it (HR admins)")
    hana.modal.fill("Why?", "It named a customer.")
    await hana.modal.submit()
    await acme.delivered()
    assert pia.channel("thanks").last.text.strip() == "A thank-you was removed by HR."
    assert "It named a customer." in ana.dm.last.text
    assert list(await record(acme)) == ["given", "removed"]
    await ana.dm.last.press("Give kudos anew")
    assert LONG in ana.modal.text and "Ben Okafor" in ana.modal.text


async def test_who_wants_thanks_in_private_is_never_named_in_a_channel_again(acme: Company) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await ben.dm.last.press("Thank me in private")
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


async def test_a_channel_without_the_bot_keeps_the_words_and_says_how_to_invite_it(acme: Company) -> None:
    room = a_channel(acme, with_bot=False)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    assert "/invite @Rapport" in ana.modal.errors["Where shall I say it?"] and await given(acme) == 0
    room.members.append(acme.playground.team(acme.bot.workspace_id).installed.bot.id)
    await ana.modal.submit()
    await acme.delivered()
    assert LONG in ana.channel("thanks").last.text


async def test_a_post_slack_refuses_later_can_be_tried_again_by_its_giver(acme: Company) -> None:
    room = a_channel(acme)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    bot = room.members.pop()
    await acme.delivered()
    assert "Your post is not in #thanks yet" in ana.dm.last.text and "/invite @Rapport" in ana.dm.last.text
    room.members.append(bot)
    await ana.dm.last.press("Try again", times=2)
    await acme.delivered()
    assert [LONG in one.text for one in ana.channel("thanks").messages] == [True]


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_post_of_which_nobody_knows_is_found_in_the_channels_history(
    acme: Company, clock: Clock
) -> None:
    a_channel(acme)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    async with acme.bot.work() as session:
        post = (await session.scalars(select(Notice).where(Notice.kind == "kudos.posted"))).one()
        post.state, post.lease_until, post.slack_ts = "unknown", clock.now, None
    clock.now += timedelta(seconds=1)
    await acme.delivered()
    assert len(ana.channel("thanks")) == 1
    async with acme.bot.read() as session:
        post = (await session.scalars(select(Notice).where(Notice.kind == "kudos.posted"))).one()
    assert (post.state, post.slack_ts) == ("sent", ana.channel("thanks").last.ts)


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_refused_post_that_was_taken_back_is_not_offered_again(acme: Company) -> None:
    room = a_channel(acme)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    room.members.pop()
    await acme.delivered()
    await ana.modal.press("Undo")
    await acme.delivered()
    assert "was taken back, so I do not try it again" in ana.dm.last.text


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
    assert "Meant for everybody in #thanks" in pia.dm.last.text


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
async def test_a_post_tried_again_respects_who_wants_thanks_in_private_by_then(acme: Company) -> None:
    room = a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await give(ana, "Ben Okafor", "Pia Lund")
    await give(ana, "Ben Okafor", text=f"{LONG} Twice.")
    bot = room.members.pop()
    await acme.delivered()
    await ben.command("/kudos mine")
    await ben.modal.press("Thank me in private")
    room.members.append(bot)
    for refused in ana.dm.messages:
        await refused.press("Try again")
    await acme.delivered()
    assert [
        one.text for one in ana.channel("thanks").messages if "Ben" in one.text or "Twice" in one.text
    ] == []
    assert "Ana Silva thanks Pia Lund" in ana.channel("thanks").last.text


# What is refused keeps what was typed


@pytest.fixture
def thanks(acme: Company) -> Channel:
    return a_channel(acme)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("@Ana Silva for being me", "You cannot thank yourself"),
        ("@Rapport for the reminders", "Rapport (an app)"),
        ("@Gus Guest for the visit and more", "Gus Guest (a guest)"),
        ("@Ben Okafor", "Say what they did"),
        ("thanks to nobody at all", "Choose whom you thank"),
    ],
)
@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_line_that_cannot_be_sent_says_why_and_opens_in_the_form(
    acme: Company, thanks: Channel, line: str, sentence: str
) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    guest = workspace.add_person("Gus Guest", is_restricted=True)
    async with acme.bot.work() as session:
        bot = acme.playground.team(workspace.team_id).installed.bot
        session.add(Person(name="Gus Guest", slack_user_id=guest.id, kind=PersonKind.GUEST))
        session.add(Person(name="Rapport", slack_user_id=bot.id, kind=PersonKind.BOT))
    await ana.command(f"/kudos {line}", channel="thanks")
    assert sentence in ana.ephemeral.last.text and "Your words are kept" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    words = line.partition(" for ")[2]
    assert ana.modal.title == "Give kudos" and words in ana.modal.text
    assert await given(acme) == 0


async def test_a_group_becomes_people_and_the_preview_says_how_many(acme: Company, thanks: Channel) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    ids = [acme.slack.person(name).id for name in ("Ana Silva", "Ben Okafor", "Pia Lund")]
    workspace.usergroups["S0MAKERS"] = Usergroup("S0MAKERS", "makers", "Makers", ids)
    await ana.command("/kudos @makers for the launch nobody noticed", channel="thanks")
    assert "Thanks to Ben Okafor and Pia Lund (2 people)" in ana.ephemeral.last.text
    assert "1 of the group left out" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Send to 2 people")
    await acme.delivered()
    assert "Ana Silva thanks Ben Okafor and Pia Lund" in ana.channel("thanks").last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_group_of_two_hundred_is_refused_with_its_number(acme: Company, thanks: Channel) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    async with acme.bot.work() as session:
        crowd = [workspace.add_person(f"Person {number}") for number in range(200)]
        session.add_all(Person(name=one.real_name, slack_user_id=one.id) for one in crowd)
    workspace.usergroups["S0ALL"] = Usergroup("S0ALL", "all", "All", [one.id for one in crowd])
    await ana.command("/kudos @all for everything this year", channel="thanks")
    assert "10 people at most, and this one to 200" in ana.ephemeral.last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_where_slack_does_not_open_its_groups_names_are_asked_for(
    acme: Company, thanks: Channel
) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    workspace.usergroups["S0ALL"] = Usergroup("S0ALL", "all", "All", [])
    workspace.is_paid = False
    await ana.command("/kudos @all for everything this year", channel="thanks")
    assert "Name the people instead" in ana.ephemeral.last.text
    assert "Your words are kept" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    assert "for everything this year" in ana.modal.text


@pytest.mark.parametrize("answer", [BUSY, BROKEN, None])
@pytest.mark.parametrize("mode", ["http"], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_line_to_a_group_is_kept_while_slack_is_in_trouble(
    acme: Company, thanks: Channel, answer: Answer | None
) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    workspace.usergroups["S0ALL"] = Usergroup("S0ALL", "all", "All", [])
    acme.playground.ground.faults = Unwell(answer, "usergroups.users.list")
    await ana.command("/kudos @Ben Okafor and @all for everything this year", channel="thanks")
    assert "Name the people instead" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    assert "for everything this year" in ana.modal.text and "Ben Okafor" in ana.modal.text


@pytest.mark.parametrize("length", [2001, 3500])
@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_line_longer_than_a_thank_you_opens_in_the_form(
    acme: Company, thanks: Channel, length: int
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command(f"/kudos @Ben Okafor {'x' * length}", channel="thanks")
    assert f"this one has {length}" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    assert "x" * min(length, 3000) in ana.modal.text
    assert ("here are its first 3,000 characters" in ana.modal.text) == (length > 3000)
    ana.modal.fill("What did they do", LONG)
    await ana.modal.submit()
    assert await given(acme) == 1


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_channel_within_the_sentence_stays_in_it(acme: Company, thanks: Channel) -> None:
    a_channel(acme, "support")
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos @Ben Okafor for answering in #support all week", channel="thanks")
    assert "for answering in #support all week" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Send kudos")
    await acme.delivered()
    assert "for answering in #support all week" in ana.channel("thanks").last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_thanks_stay_out_of_a_channel_shared_with_another_company(acme: Company) -> None:
    a_channel(acme, "partners", is_ext_shared=True)
    ana = acme.slack.person("Ana Silva")
    await ana.command(
        "/kudos @Ben Okafor for the bridge you built to our partners this spring", channel="partners"
    )
    assert "#partners is shared with another company" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    await ana.modal.submit()
    assert "shared with another company" in ana.modal.errors["Where shall I say it?"]
    await ana.modal.change("Where shall I say it?")
    await ana.modal.submit()
    assert await given(acme) == 1 and len(ana.channel("partners")) == 0


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_form_whose_last_line_is_out_of_date_is_shown_again_before_it_is_sent(
    acme: Company, thanks: Channel
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    ana.modal.fill("What did they do", LONG)
    acme.playground.ground.faults = Unwell(BUSY, "views.update")
    await ana.modal.change("Where shall I say it?", "thanks")
    acme.playground.ground.faults = Faults()
    assert "only you and Ben Okafor" in ana.modal.text
    await ana.modal.submit()
    assert await given(acme) == 0
    assert "has changed" in ana.modal.text and "everybody in #thanks" in ana.modal.text
    await ana.modal.submit()
    await acme.delivered()
    assert LONG in ana.channel("thanks").last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_what_was_previewed_as_private_stays_private(acme: Company, thanks: Channel) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ben.command("/kudos mine")
    await ben.modal.press("Thank me in private")
    await ana.command("/kudos @Ben Okafor for keeping it to yourself", channel="thanks")
    assert "only you and they see it" in ana.ephemeral.last.text
    await ben.modal.press("Name me again")
    await ana.ephemeral.last.press("Send kudos")
    await acme.delivered()
    assert len(ana.channel("thanks")) == 0 and "keeping it to yourself" in ben.dm.last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_form_opened_from_a_preview_is_not_sent_beside_it(acme: Company, thanks: Channel) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command(f"/kudos @Ben Okafor {LONG}", channel="thanks")
    preview = ana.ephemeral.last
    await preview.press("Edit")
    await preview.press("Send kudos")
    ana.modal.fill("What did they do", f"{LONG} Twice.")
    await ana.modal.submit()
    assert "This draft was sent" in str(ana.modal.errors) and await given(acme) == 1


async def test_what_would_ping_everybody_pings_nobody(acme: Company, thanks: Channel) -> None:
    ana = acme.slack.person("Ana Silva")
    words = "for @channel and @here and <!everyone> and @Dee Park, who all saw the release go well"
    await ana.command(f"/kudos @Ben Okafor {words}", channel="thanks")
    await ana.ephemeral.last.press("Send kudos")
    await acme.delivered()
    assert "@channel and @here and <!everyone> and Dee Park" in ana.channel("thanks").last.text
    everybody = acme.slack.workspace.ledger.pings
    assert [(ping.user_id, ping.why) for ping in everybody] == [(acme.slack.person("Ben Okafor").id, "dm")]


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_an_archived_channel_is_named_under_its_field(acme: Company) -> None:
    a_channel(acme, "old", is_archived=True)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor", channel="old")
    assert "#old is archived" in ana.modal.errors["Where shall I say it?"]
    assert LONG in ana.modal.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_private_channel_the_bot_is_not_in_is_told_how_to_let_it_in(acme: Company) -> None:
    a_channel(acme, "secret", with_bot=False, kind="private_channel")
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await ana.command("/kudos @Ben Okafor for keeping it to yourself", channel="secret")
    assert "/invite @Rapport" in ana.ephemeral.last.text
    await ana.command("/invite @Rapport", channel="secret")
    await ana.ephemeral.last.press("Open the form")
    await ana.modal.submit()
    await ana.modal.submit()
    await acme.delivered()
    assert "for keeping it to yourself" in pia.channel("secret").last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_value_retired_while_somebody_writes_is_named_and_the_words_stay(
    acme: Company, thanks: Channel
) -> None:
    ana, hana = acme.slack.person("Ana Silva"), acme.slack.person("Hana Ito")
    await ana.command("/kudos")
    await ana.modal.change("Whom do you thank?", "Ben Okafor")
    ana.modal.fill("What did they do", LONG)
    ana.modal.choose("Which value did it show?", "Courage")
    await (await hana.open_home()).press("Values")
    await hana.modal.press("Change", beside="Courage")
    await hana.modal.press("Retire it")
    assert "Courage" not in hana.modal.text
    await ana.modal.submit()
    assert "“Courage” has been retired meanwhile" in ana.modal.errors["Which value did it show?"]
    assert LONG in ana.modal.text


async def test_the_same_words_twice_in_a_minute_are_said_once(acme: Company, thanks: Channel) -> None:
    ana = acme.slack.person("Ana Silva")
    for _ in range(2):
        await ana.command(f"/kudos @Ben Okafor {LONG}", channel="thanks")
        if "send it?" in ana.ephemeral.last.notification:
            await ana.ephemeral.last.press("Send kudos")
    assert "a moment ago" in ana.ephemeral.last.text
    await acme.delivered()
    assert len(ana.channel("thanks")) == 1


# For managers, HR and everybody


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
        and "1 gave thanks and 1 were thanked" in hana.modal.text
    )
    await hana.modal.press("Monthly look back")
    hana.modal.pick_channel("In which channel?", "thanks")
    await hana.modal.submit()
    clock.now = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)
    for _ in range(2):
        await plan_kudos_digest(acme.bot)
        await acme.delivered()
    assert "Thanks in November" in pia.channel("thanks").last.text and LONG in pia.channel("thanks").last.text
    assert len(pia.channel("thanks")) == 2 and pinged(acme, "Pia Lund") == []

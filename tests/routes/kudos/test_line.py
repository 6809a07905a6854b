"""A typed line is shown first; what cannot be sent opens in the form with its words."""

import pytest

from bot.models import Person, PersonKind
from playground.workspace import Channel
from tests.routes.kudos.builders import LONG, given
from tests.routes.steps import a_channel
from tests.routes.world import Company


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
    assert sentence in ana.ephemeral.last.text and "What you typed is kept" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    words = line.partition(" for ")[2]
    assert ana.modal.title == "Give kudos" and words in ana.modal.text
    assert await given(acme) == 0


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


async def test_the_same_words_twice_in_a_minute_are_said_once(acme: Company, thanks: Channel) -> None:
    ana = acme.slack.person("Ana Silva")
    for _ in range(2):
        await ana.command(f"/kudos @Ben Okafor {LONG}", channel="thanks")
        if "send it?" in ana.ephemeral.last.notification:
            await ana.ephemeral.last.press("Send kudos")
    assert "a moment ago" in ana.ephemeral.last.text
    await acme.delivered()
    assert len(ana.channel("thanks")) == 1

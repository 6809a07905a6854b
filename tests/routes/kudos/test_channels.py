"""The post: channels that cannot take it, and what happens when Slack refuses it later."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.models import Notification, NotificationState
from bot.slack import POST_ANYWHERE
from playground.driver.person import Person as Someone
from tests.routes.kudos.builders import LONG, give, given, public, recognised_in
from tests.routes.steps import a_channel, not_granted
from tests.routes.world import Clock, Company


async def test_thanks_reach_a_public_channel_to_which_nobody_invited_the_bot(acme: Company) -> None:
    a_channel(acme, "random", with_bot=False)
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await ana.command(
        "/kudos @Ben Okafor for staying with the customer until the import ran", channel="random"
    )
    assert "In #random: everybody there sees it." in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Send kudos")
    await give(ana, "Ben Okafor", channel="random")
    await acme.delivered()
    assert len(pia.channel("random")) == 2 and LONG in pia.channel("random").last.text
    assert await public(acme) == 2, "they count in figures, as everybody can read them"


async def test_without_the_scope_a_line_is_offered_the_channel_that_hr_has_set(acme: Company) -> None:
    await recognised_in(acme, "thanks")
    a_channel(acme, "random", with_bot=False)
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await ana.command(
        "/kudos @Ben Okafor for staying with the customer until the import ran", channel="random"
    )
    shown = ana.ephemeral.last.text
    assert (
        "I may not post in #random, so I chose #thanks." in shown and "In #thanks: everybody there" in shown
    )
    assert "/invite" not in shown and await given(acme) == 0
    await ana.ephemeral.last.press("Edit")
    assert "[#thanks ▾]" in ana.modal.text
    await ana.modal.submit()
    await acme.delivered()
    assert "for staying with the customer until the import ran" in pia.channel("thanks").last.text
    assert len(pia.channel("random")) == 0


async def test_without_the_scope_the_form_keeps_everything_and_prefills_that_channel(acme: Company) -> None:
    await recognised_in(acme, "thanks")
    a_channel(acme, "random", with_bot=False)
    a_channel(acme, "kitchen", with_bot=False)
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await give(ana, "Ben Okafor", channel="random")
    _is_moved_from("random", ana)
    await ana.modal.change("Where shall I say it?", "kitchen")
    await ana.modal.submit()
    _is_moved_from("kitchen", ana)
    assert await given(acme) == 0
    await ana.modal.submit()
    await acme.delivered()
    assert LONG in pia.channel("thanks").last.text and await given(acme) == 1


def _is_moved_from(channel: str, ana: Someone) -> None:
    shown = ana.modal.text
    assert f"I may not post in #{channel}, so I chose #thanks." in shown and "[#thanks ▾]" in shown
    assert "Who sees this: everybody in #thanks." in shown and LONG in shown


async def test_without_scope_and_channel_the_form_says_what_else_can_be_chosen(acme: Company) -> None:
    not_granted(acme, POST_ANYWHERE)
    room = a_channel(acme, with_bot=False)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    error = ana.modal.errors["Where shall I say it?"]
    assert error == "I may not post in #thanks. Choose another channel, or none for private."
    assert LONG in ana.modal.text and await given(acme) == 0
    room.members.append(acme.playground.team(acme.bot.workspace_id).installed.bot.id)
    await ana.modal.submit()
    await acme.delivered()
    assert LONG in ana.channel("thanks").last.text


async def test_a_post_slack_refuses_later_can_be_tried_again_by_its_giver(acme: Company) -> None:
    room = a_channel(acme)
    not_granted(acme, POST_ANYWHERE)
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
        post = (await session.scalars(select(Notification).where(Notification.kind == "kudos.posted"))).one()
        post.state, post.lease_until, post.slack_ts = NotificationState.UNKNOWN, clock.now, None
    clock.now += timedelta(seconds=1)
    await acme.delivered()
    assert len(ana.channel("thanks")) == 1
    async with acme.bot.read() as session:
        post = (await session.scalars(select(Notification).where(Notification.kind == "kudos.posted"))).one()
    assert (post.state, post.slack_ts) == ("sent", ana.channel("thanks").last.ts)


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_refused_post_that_was_taken_back_is_not_offered_again(acme: Company) -> None:
    not_granted(acme, POST_ANYWHERE)
    room = a_channel(acme)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    room.members.pop()
    await acme.delivered()
    await ana.modal.press("Undo")
    await acme.delivered()
    assert "was taken back, so I do not try it again" in ana.dm.last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_post_tried_again_respects_who_wants_thanks_in_private_by_then(acme: Company) -> None:
    not_granted(acme, POST_ANYWHERE)
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
    assert ana.ephemeral.last.text.count("/invite @Rapport") == 1
    assert ana.ephemeral.last.text.count("What you typed") == 1
    await ana.command("/invite @Rapport", channel="secret")
    await ana.ephemeral.last.press("Open the form")
    await ana.modal.submit()
    await ana.modal.submit()
    await acme.delivered()
    assert "for keeping it to yourself" in pia.channel("secret").last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_what_was_meant_for_a_private_channel_is_not_offered_to_a_public_one(acme: Company) -> None:
    await recognised_in(acme, "thanks")
    a_channel(acme, "secret", with_bot=False, kind="private_channel")
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos @Ben Okafor for keeping it to yourself", channel="secret")
    assert "#thanks" not in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    await ana.modal.submit()
    await ana.modal.submit()
    assert "/invite @Rapport" in ana.modal.errors["Where shall I say it?"] and "#thanks" not in ana.modal.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_post_that_slack_did_not_confirm_is_not_said_twice_where_the_bot_may_not_look(
    acme: Company, clock: Clock
) -> None:
    a_channel(acme, "random", with_bot=False)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor", channel="random")
    await acme.delivered()
    async with acme.bot.work() as session:
        post = (await session.scalars(select(Notification).where(Notification.kind == "kudos.posted"))).one()
        post.state, post.lease_until, post.slack_ts = NotificationState.UNKNOWN, clock.now, None
    for _ in range(3):
        clock.move(hours=1)
        await acme.delivered()
    assert len(ana.channel("random")) == 1 and "It may stand there already" in ana.dm.text

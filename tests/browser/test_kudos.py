"""Thanks as somebody gives them, sees them received, and takes them back, in a real browser."""

from playwright.async_api import Page, expect

from playground.demo import Demo
from tests.browser.conftest import ANA, BEN, KWAME, Window
from tests.browser.steps import choose, command, messages, open_channel

TEXT = "Stayed until the <b>import</b> ran & told <!channel> *why*; <@U0KWAMEMENSAH> sleeps again."


async def thank_ben(ana: Page) -> None:
    """From `/kudos` to the sent form, in words that would ping people and turn bold if anybody let them."""
    await command(ana, "/kudos")
    form = ana.get_by_role("dialog", name="Give kudos")
    await choose(form, "Whom do you thank?", "Ben Okafor")
    await expect(form).to_contain_text("only you and Ben Okafor. Not their managers, not HR.")
    await choose(form, "Where shall I say it?", "#thanks")
    await expect(form).to_contain_text("Who sees this: everybody in #thanks.")
    await form.get_by_label("What did they do, and what did it change?").fill(TEXT)
    await choose(form, "Which value did it show?", "Craft")
    await form.get_by_role("button", name="Send kudos").click()


async def test_thanks_stand_in_the_channel_reach_the_receiver_quietly_and_are_undone_for_everybody(
    demo: Demo, window: Window
) -> None:
    ana, ben, kwame = await window(ANA, "#/app/messages"), await window(BEN), await window(KWAME)
    pings = demo.team.workspace.ledger.pings
    before = len(pings)
    for page in (ben, kwame):
        await open_channel(page, "thanks")
    await thank_ben(ana)
    sent = ana.get_by_role("dialog", name="Kudos sent")
    await expect(sent).to_contain_text("Ben Okafor will read it in #thanks.")
    # in the channel, to the letter
    post = messages(kwame).filter(has_text="Ana Silva thanks Ben Okafor")
    await expect(post).to_contain_text(TEXT)
    await expect(post).to_contain_text("Craft · React to say “me too”")
    # a quiet word to the receiver, in the one message of his day
    await ben.get_by_role("link", name="Rapport").click()
    await ben.get_by_role("link", name="Messages").click()
    await expect(messages(ben).filter(has_text="Ana Silva thanks you")).to_contain_text(TEXT)
    # me too
    await post.hover()
    await post.get_by_role("button", name="Add a reaction").click()
    async with kwame.expect_response("**/do/react*"):
        await kwame.get_by_role("menuitem", name="heart").click()
    await expect(post).to_contain_text("❤️ 1")
    # undone
    await sent.get_by_role("button", name="Undo").click()
    gone = messages(kwame).filter(has_text="A thank-you was taken back.")
    await expect(gone).to_be_visible()
    await expect(messages(ben).filter(has_text="A thank-you was taken back.")).to_be_visible()
    for page in (kwame, ben):
        await expect(page.get_by_text("sleeps again")).to_have_count(0)
    assert {(ping.user_id, ping.why) for ping in pings[before:]} <= {(BEN, "dm")}

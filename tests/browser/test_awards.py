"""An award as somebody nominates for it, HR decides on it and the company hears of it, in a real browser."""

from datetime import timedelta

from playwright.async_api import Page, expect

from playground.demo import Demo
from tests.browser.conftest import ANA, BEN, NADIA, Window
from tests.browser.steps import choose, command, messages, open_channel

DIEGO = "U0DIEGOFERNANDEZ"  # does not report to Ben: nominations of one's manager stay hidden from HR too
ACT = "Rebuilt the importer over a weekend, with the customer on the line."
EFFECT = "Two customers stayed who had resigned."
SAID = "Ben rebuilt the importer, and two customers stayed."


async def nominate_ben(ana: Page) -> None:
    await command(ana, "/kudos nominate")
    form = ana.get_by_role("dialog", name="Nominate a colleague")
    await expect(form).to_contain_text(
        "you and the HR admins (Nadia Rahman, Olu Adeyemi), never whom you nominate"
    )
    await choose(form, "Whom do you nominate?", "Ben Okafor")
    await choose(form, "For which award?", "Spot award")
    await form.get_by_label("What did they do?").fill(ACT)
    await form.get_by_label("What did it change, and for whom?").fill(EFFECT)
    await form.get_by_role("button", name="Send nomination").click()
    await expect(ana.get_by_role("dialog", name="Nomination sent")).to_contain_text("Ben Okafor is nominated")


async def decide(nadia: Page) -> None:
    await messages(nadia).last.get_by_role("button", name="Open awards").click()
    await nadia.get_by_role("button", name="Read and decide: Ben Okafor").click()
    nomination = nadia.get_by_role("dialog", name="Nomination", exact=True)
    await expect(nomination).to_contain_text(ACT)
    await choose(nomination, "Decision", "Approve")
    await nomination.get_by_role("button", name="Save decision").click()
    await expect(nadia.get_by_role("dialog", name="Awards")).to_contain_text("Saved. The nominator is told.")


async def announce(nadia: Page) -> None:
    await nadia.get_by_role("button", name="Announce: Ben Okafor").click()
    form = nadia.get_by_role("dialog", name="Announce an award")
    await form.get_by_label("What shall everybody read?").fill(SAID)
    await choose(form, "In which channels?", "#thanks")
    await form.get_by_role("button", name="Show me").click()
    preview = nadia.get_by_role("dialog", name="This is how it looks")
    await expect(preview).to_contain_text(f"Spot award: Ben Okafor{SAID}")
    await expect(preview).to_contain_text("Once they know, it goes to #thanks.")
    await preview.get_by_role("button", name="Announce it now").click()
    await expect(nadia.get_by_role("dialog", name="Awards")).to_contain_text("and 1 channel a minute later")


async def test_a_nomination_stays_with_hr_until_the_receiver_and_then_everybody_hears_of_the_award(
    demo: Demo, window: Window
) -> None:
    ana, nadia = await window(ANA, "#/app/messages"), await window(NADIA, "#/app/messages")
    diego, ben = await window(DIEGO), await window(BEN, "#/app/messages")
    await open_channel(diego, "thanks")
    await nominate_ben(ana)
    await expect(messages(nadia).last).to_contain_text(
        "2 nominations wait for a decision."
    )  # one since Tuesday
    # who is not HR
    await command(diego, "/kudos awards")
    awards = diego.get_by_role("dialog", name="Awards")
    await expect(awards).to_contain_text("Lucía Romero")
    await expect(awards).not_to_contain_text("Ben Okafor")
    await awards.get_by_role("button", name="Close").last.click()
    # HR
    await decide(nadia)
    await expect(messages(ana).last).to_contain_text(
        "Your nomination was approved: Ben Okafor for Spot award"
    )
    await announce(nadia)
    await expect(messages(ben).last).to_contain_text("You receive the award “Spot award”")
    # everybody
    await expect(diego.get_by_text(SAID)).to_have_count(0)
    await demo.travel(demo.clock.now() + timedelta(minutes=2))
    post = messages(diego).filter(has_text="Spot award: Ben Okafor")
    await expect(post).to_contain_text(SAID)
    await expect(post).not_to_contain_text("Ana Silva")

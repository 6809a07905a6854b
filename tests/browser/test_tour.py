"""The tour in the README, click by click and in its words."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import ANA, Window
from tests.browser.steps import MOVED, NEXT, close_check_in, command, let_pass, messages


async def view_as(page: Page, name: str) -> None:
    await page.get_by_role("button", name="View as").click()
    await page.get_by_role("link", name=name).first.click()
    await expect(page.get_by_role("button", name=f"View as {name.split()[0]}")).to_be_visible()


async def test_the_tour_of_the_readme_can_be_followed(window: Window) -> None:
    page = await window(ANA)
    # 1. You are Ana Silva.
    await command(page, "/checkin")
    form = page.get_by_role("dialog", name="Your check-in")
    await form.get_by_label(MOVED).fill("The importer is live")
    await form.get_by_label(NEXT).fill("Its retry logic")
    await form.get_by_label("What slowed you most?").fill("Reviews wait two days")
    await form.get_by_role("button", name="Share check-in").click()
    await close_check_in(page)
    # 2. View as Ben Okafor, her manager.
    await view_as(page, "Ben Okafor")
    await page.get_by_role("link", name="Rapport").click()
    await page.get_by_role("link", name="Messages").click()
    await page.get_by_role("button", name="Ana Silva shared a check-in.").last.click()
    read = page.get_by_role("dialog", name="Check-in")
    await read.get_by_role("button", name="I'll take this on").click()
    await expect(read).to_contain_text("You took this on.")
    await read.get_by_label("Comment").fill("Lena and I trade review hours from Monday on.")
    await read.get_by_role("button", name="Send comment").click()
    await expect(read).to_contain_text("Ben Okafor ·")
    await read.get_by_role("button", name="Close").last.click()
    # 3. View as Ana Silva again.
    await view_as(page, "Ana Silva")
    await page.get_by_role("link", name="Rapport").click()
    await page.get_by_role("link", name="Messages").click()
    await page.get_by_role("button", name="Ben Okafor responded to your check-in.").click()
    await expect(read).to_contain_text("Lena and I trade review hours")
    await read.get_by_role("button", name="Close").last.click()
    # 4. View as Lena Weiß, and let time pass.
    await view_as(page, "Lena Weiß")
    await let_pass(page, "Next Friday 16:00")
    await page.get_by_role("link", name="Rapport").click()
    await page.get_by_role("link", name="Messages").click()
    nudge = messages(page).filter(has_text="How was your week?")
    await nudge.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Why did I get this?").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Thursday")
    await page.keyboard.press("Escape")
    # 5. The inspector, and a fault.
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_text("Faults: none").click()
    await page.get_by_label("Bot answers too late").check()
    await command(page, "/checkin help")
    await expect(page.get_by_role("alert")).to_contain_text(re.compile("failed with the error"))

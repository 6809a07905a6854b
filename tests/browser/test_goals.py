"""Goals as somebody sets, agrees and updates them in a real browser."""

import re

from playwright.async_api import expect

from tests.browser.conftest import ANA, BEN, Window
from tests.browser.steps import command, messages

TITLE = "The importer needs no care"


async def test_a_goal_is_set_agreed_and_updated_and_its_bar_is_said_in_words(window: Window) -> None:
    ana, ben = await window(ANA, "#/app/messages"), await window(BEN, "#/app/messages")
    await command(ana, "/goals new")
    form = ana.get_by_role("dialog", name="New goal")
    await form.get_by_label("What will be true at the end?").fill(TITLE)
    await form.get_by_role("button", name="More choices").click()
    await expect(form.get_by_role("combobox", name="Who may see it?")).to_be_visible()
    await expect(form.get_by_label("What will be true at the end?")).to_have_value(TITLE)
    await form.get_by_label("How will you see it?").fill("Manual imports per week")
    await form.get_by_label("From").fill("6")
    await form.get_by_label(re.compile(r"^To\b")).fill("0 imports")
    # a menu that asks the bot offers something before anything is typed into it, and loses nothing typed elsewhere
    await form.get_by_role("combobox", name="Which goal does it serve?").click()
    await form.get_by_role("option", name="None, on purpose").click()
    await expect(form.get_by_role("combobox", name="Which goal does it serve?")).to_have_value(
        "None, on purpose"
    )
    await form.get_by_role("button", name="Set goal").click()
    goal = ana.get_by_role("dialog", name="Goal", exact=True)
    await expect(goal).to_contain_text("6 → 0")
    # agreed
    proposed = messages(ben).filter(has_text="Ana Silva set a goal").last
    await proposed.get_by_role("button", name="Looks good").last.click()
    await expect(messages(ben).filter(has_text="You agreed to this, ")).to_have_count(1)
    # updated from its page, which shows it at once
    await goal.get_by_role("button", name="Update").click()
    update = ana.get_by_role("dialog", name="Update goal")
    await update.get_by_label("Manual imports per week").fill("3")
    sure = update.get_by_role("combobox", name="How sure are you?")
    await sure.click()
    await ana.get_by_role("option", name="On track").click()
    await update.get_by_role("button", name="Save update").click()
    await expect(goal).to_contain_text("50 % · On track")

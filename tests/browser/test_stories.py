"""The tour of the README and more, as somebody clicks through it in a real browser."""

import re

from playwright.async_api import Locator, expect

from tests.browser.conftest import ANA, BEN, Window
from tests.browser.steps import MOVED, NEXT, check_in, command, let_pass, messages


async def test_a_check_in_is_read_and_commented_by_the_manager_and_the_author_sees_it_live(
    window: Window,
) -> None:
    ana, ben = await window(ANA, "#/app/messages"), await window(BEN, "#/app/messages")
    await check_in(ana, "The importer is live")
    shared = messages(ben).filter(has_text="Your team's week")
    await shared.last.get_by_role("button", name="Open my team").click()
    await ben.get_by_role("button", name="Open the check-in of Ana Silva").click()
    modal = ben.get_by_role("dialog", name="Check-in")
    await expect(modal).to_contain_text("The importer is live")
    await modal.get_by_label("Comment").fill("Thank you, that was a long one.")
    await modal.get_by_role("button", name="Send comment").click()
    await expect(modal).to_contain_text("Thank you, that was a long one.")
    await expect(messages(ana).filter(has_text="Ben Okafor responded to your check-in.")).to_be_visible()


async def test_time_put_forward_brings_the_nudge_and_it_can_be_snoozed(window: Window) -> None:
    ana = await window(ANA, "#/app/messages")
    await let_pass(ana, "Next Friday 16:00")
    await expect(ana.get_by_role("button", name="change the time")).to_contain_text("Fri 20 Nov, 16:0")
    nudge = messages(ana).filter(has=ana.get_by_role("button", name="Write check-in")).first
    await nudge.get_by_role("button", name="More actions").click()
    await ana.get_by_role("menuitem", name="Snooze until tomorrow morning").click()
    snoozed = messages(ana).filter(has_text="Snoozed until")
    await expect(snoozed).to_have_count(1)
    await let_pass(ana, "Next morning")
    await expect(messages(ana).filter(has_text="Your check-in").last).to_be_visible()


async def test_the_clock_counts_the_days_of_a_long_journey(window: Window) -> None:
    ana = await window(ANA, "#/app/messages")
    await ana.get_by_role("button", name="change the time").click()
    await ana.get_by_role("dialog", name="Time").get_by_role("button", name="End of quarter").click()
    clock = ana.get_by_role("button", name="time is passing")
    await expect(clock).to_contain_text(re.compile(r"day \d+ of 44"))
    await expect(clock).to_contain_text(re.compile(r"day ([2-9]|\d\d) of 44"))
    await expect(ana.get_by_role("dialog", name="Time").get_by_role("status")).to_contain_text(
        re.compile(r"On the way to .* day \d+ of 44")
    )


async def test_what_is_missing_is_said_under_its_field_and_the_focus_goes_there(window: Window) -> None:
    ana = await window(ANA, "#/app/messages")
    await command(ana, "/checkin")
    modal = ana.get_by_role("dialog", name="Your check-in")
    await modal.get_by_label(NEXT).fill("   ")
    await modal.get_by_role("button", name="Share check-in").click()
    moved = modal.get_by_label(MOVED)
    await expect(moved).to_have_accessible_description(re.compile("Please complete this required field."))
    await expect(moved).to_be_focused()
    await moved.fill("Something")
    await modal.get_by_role("button", name="Share check-in").click()
    sentence = re.compile("Write a few words here; one sentence is enough.")
    await expect(modal.get_by_label(NEXT)).to_have_accessible_description(sentence)
    await expect(moved).to_have_value("Something")


async def test_a_bot_that_takes_longer_than_three_seconds_is_shown_as_slack_shows_it(window: Window) -> None:
    ana = await window(ANA)
    await ana.get_by_role("button", name="Inspector").click()
    await ana.get_by_text("Faults: none").click()
    await ana.get_by_label("Bot answers too late").check()
    await command(ana, "/checkin help")
    await expect(ana.get_by_role("alert")).to_contain_text(
        '/checkin failed with the error "operation_timeout"'
    )
    record = ana.get_by_role("complementary", name="Inspector").get_by_text("/checkin help")
    await record.click()
    await expect(ana.get_by_text("The bot did not answer within 3 seconds.")).to_be_visible()


async def test_a_reload_in_the_middle_of_a_form_loses_nothing(window: Window) -> None:
    ana = await window(ANA, "#/app/messages")
    await command(ana, "/checkin")
    modal = ana.get_by_role("dialog", name="Your check-in")
    async with ana.expect_response("**/do/fill*"):
        await modal.get_by_label(MOVED).fill("Half a thought")
    await ana.reload()
    await expect(modal.get_by_label(MOVED)).to_have_value("Half a thought")


async def tab_to(target: Locator) -> None:
    await expect(target).to_be_visible()
    for _ in range(40):
        if await target.evaluate("node => node === document.activeElement"):
            return
        await target.page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")


async def test_the_keyboard_is_enough_to_check_in(window: Window) -> None:
    ana = await window(ANA, "#/app/messages")
    await ana.get_by_role("combobox", name="Message").focus()
    await ana.keyboard.type("/ch")
    await ana.keyboard.press("Enter")  # completes the name
    await ana.keyboard.press("Backspace")
    await ana.keyboard.press("Enter")
    modal = ana.get_by_role("dialog", name="Your check-in")
    await expect(modal.get_by_label(MOVED)).to_be_focused()
    await ana.keyboard.type("Typed only")
    await ana.keyboard.press("Tab")
    await ana.keyboard.press("Space")  # locks it
    await ana.keyboard.press("Tab")
    await ana.keyboard.type("Typing")
    await expect(modal.get_by_label("Only for Ben Okafor").first).to_be_checked()
    await tab_to(modal.get_by_role("button", name="Add more"))
    await ana.keyboard.press("Enter")
    helps = modal.get_by_role("combobox", name="What would help")
    await tab_to(helps)
    await ana.keyboard.press("ArrowDown")  # opens the menu of what would help
    await ana.keyboard.press("ArrowDown")
    await ana.keyboard.press("Enter")
    await expect(helps).to_have_value("Feedback")
    await tab_to(modal.get_by_role("button", name="Share check-in"))
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("dialog", name="Check-in shared")).to_be_visible()
    await ana.keyboard.press("Escape")
    await expect(ana.get_by_role("combobox", name="Message")).to_be_focused()


async def test_the_view_switches_to_somebody_else(window: Window) -> None:
    ana = await window(ANA)
    await ana.get_by_role("button", name="View as").click()
    await ana.get_by_role("searchbox", name="Search people").fill("okafor")
    await ana.get_by_role("searchbox", name="Search people").press("Enter")
    await ana.wait_for_url(f"**/as/{BEN}")
    await expect(ana.get_by_role("button", name="View as")).to_contain_text("Ben")


async def test_two_people_talk_in_a_thread_and_react(window: Window) -> None:
    ana, ben = await window(ANA), await window(BEN)
    await command(ana, "Lunch at noon?")
    said = messages(ben).filter(has_text="Lunch at noon?")
    await said.hover()
    await said.get_by_role("button", name="Reply in a thread").click()
    reply = ben.get_by_role("complementary", name="Thread").get_by_role("combobox", name="Reply")
    await reply.fill("Gladly")
    await reply.press("Enter")
    await expect(messages(ana).get_by_role("button", name="1 reply")).to_be_visible()
    await said.get_by_role("button", name="Add a reaction").click()
    await ben.get_by_role("menuitem", name="tada").click()
    at_anas = messages(ana).filter(has_text="Lunch at noon?")
    await expect(at_anas).to_contain_text("🎉 1")
    await said.get_by_role("button", name="🎉 1").click()  # her own, so it is taken back
    await expect(at_anas).not_to_contain_text("🎉")


async def test_what_nobody_has_read_is_marked_until_it_is_looked_at(window: Window) -> None:
    ben, ana = await window(BEN), await window(ANA, "#/app/messages")
    rooms = ben.get_by_role("navigation", name="Conversations")
    await expect(rooms.get_by_role("link", name="engineering")).to_contain_text("unread")
    await rooms.get_by_role("link", name="engineering").click()
    await ben.get_by_role("link", name="general").click()
    await expect(rooms.get_by_role("link", name="engineering")).not_to_contain_text("unread")
    await ana.get_by_role("link", name="engineering").click()
    await command(ana, "One more thing")
    await expect(rooms.get_by_role("link", name="engineering")).to_contain_text("1 unread")


async def test_on_a_phone_nothing_sticks_out_and_the_conversations_are_a_tap_away(window: Window) -> None:
    ana = await window(ANA, viewport={"width": 390, "height": 844}, color_scheme="dark")
    assert await ana.evaluate("document.documentElement.scrollWidth") == 390
    await ana.get_by_role("button", name="Conversations").click()
    await ana.get_by_role("link", name="engineering").click()
    await expect(ana.get_by_role("heading", name="engineering")).to_be_visible()
    await check_in(ana, "From the train")

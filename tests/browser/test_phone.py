"""The check-in on a phone, 390 pixels wide: it fits, it is filled in with a few taps, and it says how it ended."""

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import ANA, Window
from tests.browser.steps import MOVED, NEXT, close_check_in, command

PHONE = {"width": 390, "height": 844}
WORDS_TO_READ = 160  # less than a minute at an unhurried 200 words a minute
TAPS = 4  # two boxes, Share, Close
SCREENS = 2


class Thumb:
    """It counts what it taps."""

    def __init__(self) -> None:
        self.taps = 0

    async def tap(self, target: Locator) -> None:
        self.taps += 1
        await target.click()


async def opened(page: Page) -> Locator:
    await command(page, "/checkin")
    form = page.get_by_role("dialog", name="Your check-in")
    await expect(form.get_by_label(MOVED)).to_be_visible()
    return form


async def test_a_check_in_takes_four_taps_and_few_words_on_a_phone(window: Window) -> None:
    page, thumb = await window(ANA, "#/app/messages", viewport=PHONE), Thumb()
    form = await opened(page)
    read = (await form.inner_text()).split()
    assert len(read) <= WORDS_TO_READ, len(read)
    assert await form.evaluate("one => one.scrollWidth <= one.clientWidth"), "it scrolls sideways"
    for label, text in ((MOVED, "The importer is live"), (NEXT, "Its retry logic")):
        await thumb.tap(form.get_by_label(label))
        await page.keyboard.type(text)
    await thumb.tap(form.get_by_role("button", name="Share check-in"))
    await close_check_in(page)
    assert thumb.taps + 1 <= TAPS


async def test_a_lock_is_one_tap_and_add_more_keeps_it_with_all_that_was_typed(window: Window) -> None:
    page = await window(ANA, "#/app/messages", viewport=PHONE)
    form = await opened(page)
    await form.get_by_label(MOVED).fill("The importer is live")
    locks = form.get_by_label("Only for Ben Okafor")
    await locks.nth(1).check()
    await form.get_by_role("button", name="Add more").click()
    await expect(form.get_by_role("button", name="Add more")).to_have_count(0)
    await expect(form.get_by_label(MOVED)).to_have_value("The importer is live")
    await expect(locks.nth(0)).not_to_be_checked()
    await expect(locks.nth(1)).to_be_checked()
    await form.get_by_role("button", name="Share check-in").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    await expect(locks.nth(1)).to_be_checked()
    await form.get_by_label(NEXT).fill("Its retry logic")
    await form.get_by_role("button", name="Share check-in").click()
    await expect(page.get_by_role("dialog", name="Check-in shared")).to_contain_text("You can edit it until")
    await page.get_by_role("button", name="Edit").last.click()
    again = page.get_by_role("dialog", name="Edit your check-in")
    await expect(again.get_by_label(MOVED)).to_have_value("The importer is live")
    await expect(again.get_by_label("Only for Ben Okafor").nth(1)).to_be_checked()

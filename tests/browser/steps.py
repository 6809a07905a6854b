"""What several stories in the browser do."""

from playwright.async_api import Locator, Page, expect

MOVED = "What did you ship"
NEXT = "What matters most next week?"


async def command(page: Page, line: str) -> None:
    """Types it where the person is, and sends it."""
    await page.get_by_role("combobox", name="Message").fill(line)
    await page.get_by_role("combobox", name="Message").press("Enter")


async def check_in(page: Page, moved: str, following: str = "Its documentation") -> None:
    await command(page, "/checkin")
    modal = page.get_by_role("dialog", name="Your check-in")
    await modal.get_by_label(MOVED).fill(moved)
    await modal.get_by_label(NEXT).fill(following)
    await modal.get_by_role("button", name="Share check-in").click()
    await close_check_in(page)


async def close_check_in(page: Page) -> None:
    """A check-in ends in a page that says with whom it is shared."""
    ended = page.get_by_role("dialog", name="Check-in shared")
    await expect(ended).to_contain_text("You can edit it until")
    await ended.get_by_role("button", name="Close").last.click()
    await expect(ended).to_be_hidden()


async def close_windows(page: Page) -> None:
    """The form or page that is open, and all below it, if any is."""
    modal = page.locator("dialog.modal[open]")
    if await modal.count():
        await modal.locator("header").get_by_role("button", name="Close").click()
    await expect(modal).to_have_count(0)


async def let_pass(page: Page, moment: str) -> None:
    """Until one of the moments that the clock offers."""
    clock = page.get_by_role("button", name="change the time")
    await clock.click()
    await page.get_by_role("dialog", name="Time").get_by_role("button", name=moment).click()
    await expect(page.get_by_text("It is ", exact=False).last).to_be_visible(timeout=60_000)


def messages(page: Page) -> Locator:
    return page.get_by_role("region", name="Messages").get_by_role("article")


async def choose(form: Page | Locator, menu: str, *entries: str) -> None:
    """In a menu that is searched by typing."""
    for entry in entries:
        await (
            form.get_by_role("combobox", name=menu, exact=False)
            .and_(form.locator(f"[aria-label^='{menu}']"))
            .fill(entry[:4])
        )
        await form.get_by_role("option", name=entry).click()


async def open_channel(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="Conversations").get_by_role("link", name=name).click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()

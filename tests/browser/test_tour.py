"""The five minutes of the README: its words are quoted here, so whoever changes them there finds their test here."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, Page, expect

from playground.demo import CHECKOUT, Demo
from tests.browser.conftest import ANA, Window
from tests.browser.steps import MOVED, NEXT, close_check_in, close_windows, command, let_pass, messages

README = CHECKOUT / "README.md"
BERLIN = ZoneInfo("Europe/Berlin")
COLLEAGUES = re.compile("Ravi|佐藤|Kwame|Lena")  # who report to Ben too
OBSTACLE, COMMENT = "Reviews wait two days", "Lena and I trade review hours from Monday on."

Step: TypeAlias = Callable[[Page, datetime], Awaitable[None]]
"""What somebody does in the page, and when the step before began: what has arrived has come since."""
TOUR: dict[str, Step] = {}
"""The words of the README → what somebody does who reads them."""


def says(words: str) -> Callable[[Step], Step]:
    def quoted(step: Step) -> Step:
        TOUR[" ".join(words.split())] = step
        return step

    return quoted


def tour_in(readme: Path) -> list[str]:
    """The numbered steps, and the paragraph after them."""
    tour = readme.read_text("utf-8").partition("Five minutes in it:\n\n")[2].partition("\n## ")[0]
    return [
        " ".join(one.split()) for one in re.split(r"^\d\. |\n\n", tour, flags=re.MULTILINE) if one.strip()
    ]


async def view_as(page: Page, name: str) -> None:
    await page.get_by_role("button", name="View as").click()
    await page.get_by_role("link", name=name, exact=False).first.click()
    await expect(page.get_by_role("button", name=f"View as {name.split()[0]}")).to_be_visible()


async def open_rapport(page: Page) -> None:
    await page.get_by_role("link", name="Rapport").click()
    await page.get_by_role("link", name="Messages").click()


async def at(message: Locator) -> datetime:
    moment = await message.locator("time").first.get_attribute("datetime")
    assert moment
    return datetime.fromisoformat(moment)


@says(
    """You are **Ana Silva**. Type `/checkin`, press Enter, answer, and *Share check-in*. Name something that slowed
    you. A page says who reads it and until when you can edit it: *Close* it."""
)
async def ana_checks_in(page: Page, since: datetime) -> None:
    await expect(page.get_by_role("button", name="View as Ana")).to_be_visible()
    await command(page, "/checkin")
    form = page.get_by_role("dialog", name="Your check-in")
    await form.get_by_label(MOVED).fill("The importer is live")
    await form.get_by_label(NEXT).fill("Its retry logic")
    await form.get_by_label("slowed you").fill(OBSTACLE)
    await form.get_by_role("button", name="Share check-in").click()
    await expect(page.get_by_role("dialog", name="Check-in shared")).to_contain_text("Ben Okafor")
    await close_check_in(page)


@says(
    """*View as* **Ben Okafor**, her manager. Under *Rapport* her check-in has arrived: *Open* it, *I'll take this
    on*, and write a comment."""
)
async def ben_answers(page: Page, since: datetime) -> None:
    await view_as(page, "Ben Okafor")
    await open_rapport(page)
    told = messages(page).last
    await expect(told).to_contain_text("Ana Silva has something in the way.")
    assert await at(told) >= since, "it joined a message from before"
    await expect(told).not_to_contain_text(COLLEAGUES)
    # Its *Open*: read aloud, it says whose check-in it opens.
    await told.get_by_role("button").filter(has_text=re.compile("^Open$")).first.click()
    read = page.get_by_role("dialog", name="Check-in")
    await expect(read).to_contain_text(OBSTACLE)
    await read.get_by_role("button", name="I'll take this on").click()
    await expect(page.get_by_role("dialog").last).to_contain_text("You took this on")
    await read.get_by_label("Comment").fill(COMMENT)
    await read.get_by_role("button", name="Send comment").click()
    await expect(page.get_by_role("dialog").last).to_contain_text(COMMENT)
    await close_windows(page)


@says(
    """*View as* **Ana** again: Ben's answer waits under *Rapport*. (The sign beside each name opens a second window;
    both stay live.)"""
)
async def ana_reads_the_answer(page: Page, since: datetime) -> None:
    await view_as(page, "Ana Silva")
    await open_rapport(page)
    answer = messages(page).last
    await expect(answer).to_contain_text("Ben Okafor")
    assert await at(answer) >= since, "it joined a message from before"
    await answer.get_by_role("button").filter(has_text=re.compile("^Open$")).first.click()
    await expect(page.get_by_role("dialog")).to_contain_text(COMMENT)
    await close_windows(page)
    await page.get_by_role("button", name="View as").click()
    async with page.expect_popup() as opening:
        await page.get_by_role("link", name="Ben Okafor in a new window").first.click()
    second = await opening.value
    await expect(second.get_by_role("button", name="View as Ben")).to_be_visible()
    await page.keyboard.press("Escape")
    await command(second, "Live in both windows")
    await page.get_by_role("link", name="general").click()
    await expect(messages(page).last).to_contain_text("Live in both windows")
    await second.close()


@says(
    """*View as* **Lena Weiß**, click the clock, *Next Friday 16:00*. Rapport asked her on Thursday, as a person would.
    Under ⋯ she can snooze it, or ask why it came."""
)
async def lena_lets_time_pass(page: Page, since: datetime) -> None:
    await view_as(page, "Lena Weiß")
    await let_pass(page, "Next Friday 16:00")
    await open_rapport(page)
    asked = messages(page).filter(has_text="How was your week?").last
    came = (await at(asked)).astimezone(BERLIN)
    assert (f"{came:%A}", came.hour) == ("Thursday", 16)
    await asked.get_by_role("button", name="More actions").click()
    await expect(page.get_by_role("menuitem", name="Snooze").first).to_be_visible()
    await page.get_by_role("menuitem", name="Why did I get this?").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Thursday")
    await close_windows(page)


@says(
    """Open the *Inspector*: every call between bot and Slack. Under *Faults* switch on *Bot answers too late*, type
    `/checkin help`, and see what Slack makes of it."""
)
async def the_bot_is_late(page: Page, since: datetime) -> None:
    await page.get_by_role("button", name="Inspector").click()
    inspector = page.get_by_role("complementary", name="Inspector")
    await expect(inspector.get_by_text("chat.postMessage").first).to_be_visible()
    await page.get_by_text("Faults: none").click()
    await page.get_by_label("Bot answers too late").check()
    await command(page, "/checkin help")
    await expect(page.get_by_role("alert")).to_contain_text(re.compile("failed with the error"))
    await page.get_by_label("Bot answers too late").uncheck()
    await page.get_by_role("button", name="Close the inspector").click()


@says(
    """Goals and thanks have a past, too: type `/goals` or `/kudos mine`. Nadia Rahman is HR: her *Home* has the
    settings. What you do is kept in `var/`; `make demo-reset` begins anew."""
)
async def there_is_a_past(page: Page, since: datetime) -> None:
    await view_as(page, "Ana Silva")
    for line, title, seen in (
        ("/goals", "Your goals", "The importer survives whatever it is given"),
        ("/kudos mine", "My kudos", "Received"),
    ):
        await command(page, line)
        await expect(page.get_by_role("dialog", name=title)).to_contain_text(seen)
        await close_windows(page)
    await view_as(page, "Nadia Rahman")
    await page.get_by_role("link", name="Rapport").click()
    await page.get_by_role("link", name="Home").click()
    await expect(page.get_by_role("button", name="Check-in settings")).to_be_visible()


async def test_the_tour_of_the_readme_can_be_followed(demo: Demo, window: Window) -> None:
    assert list(TOUR) == tour_in(README)
    page = await window(ANA)
    since = now = demo.clock.now()
    for step in TOUR.values():
        since, now = now, demo.clock.now()
        await step(page, since)

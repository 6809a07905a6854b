"""axe-core looks at every part of the page, light and dark, wide and narrow, and finds nothing serious."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.conftest import ANA, BEN, KWAME, NADIA, Window
from tests.browser.steps import command, messages

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
NARROW: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


async def serious(page: Page) -> list[str]:
    found = await Axe().run(page)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


async def a_channel(page: Page) -> None:
    await command(page, "Good morning")
    await expect(page.get_by_text("Good morning").last).to_be_visible()


async def the_home_tab(page: Page) -> None:
    await page.goto(f"{page.url.partition('#')[0]}#/app/home")
    await expect(page.get_by_role("button", name="Write your check-in")).to_be_visible()


async def messages_of_the_bot(page: Page) -> None:
    await page.goto(f"{page.url.partition('#')[0]}#/app/messages")
    await expect(messages(page).get_by_role("button", name="More actions").last).to_be_visible()


async def a_form_with_errors(page: Page) -> None:
    await command(page, "/checkin")
    modal = page.get_by_role("dialog", name="Your check-in")
    await modal.get_by_role("button", name="Share check-in").click()
    await expect(modal.get_by_text("Please complete this required field.").first).to_be_visible()


async def an_open_menu(page: Page) -> None:
    await command(page, "/checkin")
    await page.get_by_role("button", name="Add more").click()
    await page.get_by_role("combobox", name="What would help").click()
    await expect(page.get_by_role("option", name="Feedback")).to_be_visible()


async def commands_to_complete(page: Page) -> None:
    await page.get_by_role("combobox", name="Message").fill("/")
    await expect(page.get_by_role("option", name="/checkin")).to_be_visible()


async def the_clock(page: Page) -> None:
    await page.get_by_role("button", name="change the time").click()
    await expect(page.get_by_role("button", name="End of quarter")).to_be_visible()


async def the_inspector(page: Page) -> None:
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_text("Faults: none").click()
    await page.get_by_text("users.list").first.click()
    await expect(page.get_by_text("The bot asked").first).to_be_visible()


async def whom_to_be(page: Page) -> None:
    await page.get_by_role("button", name="View as").click()
    await expect(page.get_by_role("link", name="Ben Okafor").first).to_be_visible()


# Forms stay open until they are sent, so each is opened by somebody else.
PARTS: Mapping[Callable[[Page], Awaitable[None]], str] = {
    a_channel: ANA,
    the_home_tab: NADIA,
    messages_of_the_bot: BEN,
    a_form_with_errors: BEN,
    an_open_menu: KWAME,
    commands_to_complete: ANA,
    the_clock: ANA,
    the_inspector: ANA,
    whom_to_be: ANA,
}


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
async def test_axe_finds_nothing_serious(window: Window, look: dict[str, Any]) -> None:
    found: dict[str, list[str]] = {}
    for show, who in PARTS.items():
        page = await window(who, **look)
        await show(page)
        if problems := await serious(page):
            found[show.__name__] = problems
        await page.close()
    assert found == {}


async def test_axe_would_find_something(window: Window) -> None:
    """The check above can fail: a button without a name is found."""
    page = await window(ANA)
    await page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any("button-name" in problem for problem in await serious(page))

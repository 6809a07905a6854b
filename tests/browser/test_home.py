"""Home on a phone and on a desktop, in a real browser: in the order of need, and nothing is cut off."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ANA, BEN, NADIA, Window
from tests.browser.steps import MOVED, NEXT

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
HOME = "#/app/home"
CUT_OFF = """() => [...document.querySelectorAll('main *')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1).map((one) => one.textContent)"""


async def zones(page: Page) -> list[str]:
    await expect(page.get_by_role("heading", name="Pause and preferences")).to_be_visible()
    return await page.get_by_role("main").get_by_role("heading", level=3).all_inner_texts()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["390 px", "1280 px"])
async def test_each_finds_what_concerns_them_in_the_order_of_need(
    window: Window, size: dict[str, Any]
) -> None:
    ana, ben, nadia = [await window(who, HOME, **size) for who in (ANA, BEN, NADIA)]
    assert await zones(ana) == ["Waiting for me", "Mine", "Pause and preferences"]
    assert await zones(ben) == ["Waiting for me", "My team", "Mine", "Pause and preferences"]
    assert await zones(nadia) == ["Waiting for me", "My team", "HR", "Mine", "Pause and preferences"]
    for page in (ana, ben, nadia):
        assert await page.evaluate(CUT_OFF) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["viewport"]["width"]
        for line in (await page.get_by_role("main").inner_text()).splitlines():
            assert not re.match(r"[\s\u2003]+\S", line), "nothing is indented by spaces"


async def test_on_a_phone_a_check_in_is_written_from_what_waits_and_edited_from_the_quick_actions(
    window: Window,
) -> None:
    page = await window(ANA, HOME, **PHONE)
    await page.get_by_role("button", name="Write your check-in").click()
    form = page.get_by_role("dialog", name="Your check-in")
    await form.get_by_label(MOVED).fill("The importer")
    await form.get_by_label(NEXT).fill("Its documentation")
    await form.get_by_role("button", name="Share check-in").click()
    await expect(form).to_be_hidden()
    await page.keyboard.press("Escape")  # whatever page ends it
    edit = page.get_by_role("button", name="Edit your check-in")
    await expect(edit).to_be_visible()
    await expect(page.get_by_role("main")).to_contain_text("Check-ins: the last is for the week of")
    await edit.click()
    await expect(page.get_by_role("dialog", name="Edit your check-in").get_by_label(MOVED)).to_have_value(
        "The importer"
    )

"""Pictures of the main screens, to look at before and after a change:

    .venv/bin/python -m tests.browser.screens FOLDER

Each screen of the sample company is taken as wide as a phone and as a desktop, as much as fits; and once more whole,
where it must be scrolled. Takes about two minutes.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from playground.demo import Demo
from tests.browser.conftest import ANA, BEN, BROWSERS, NADIA, QUIETLY, TODAY
from tests.browser.steps import close_windows, command

SIZES = ((390, 844), (1280, 800))
WHOLE = 3000  # as high as no screen is
LENA = "U0LENAWEISS"
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
SCROLLS = """() => [...document.querySelectorAll("dialog[open] form, main, main *")].some(
    (one) => one.scrollHeight > one.clientHeight + 8 && /auto|scroll/.test(getComputedStyle(one).overflowY))"""

Screen = tuple[str, str, str, Sequence[str]]
"""What the picture is called, whose screen it is, the line typed or the tab opened there, and the buttons pressed."""

SCREENS: Sequence[Screen] = (
    ("home-employee", ANA, "#/app/home", ()),
    ("home-manager", BEN, "#/app/home", ()),
    ("home-hr", NADIA, "#/app/home", ()),
    ("messages-manager", BEN, "#/app/messages", ()),
    ("checkin-form", ANA, "/checkin", ()),
    ("checkin-history", ANA, "/checkin history", ()),
    ("checkin-team", BEN, "/checkin team", ()),
    ("checkin-read", BEN, "/checkin team", ("Open the check-in of",)),
    ("goals", ANA, "/goals", ()),
    ("goals-new", ANA, "/goals new", ()),
    ("goal", ANA, "/goals", ("Open The importer",)),
    ("goal-update", ANA, "/goals", ("Update",)),
    ("goals-team", BEN, "/goals team", ()),
    ("goals-company", ANA, "/goals company", ()),
    ("kudos-form", ANA, "/kudos", ()),
    ("kudos-mine", ANA, "/kudos mine", ()),
    ("kudos-help", ANA, "/kudos help", ()),
    ("awards-nominate", ANA, "/kudos nominate", ()),
    ("awards-hr", NADIA, "/kudos awards", ()),
    ("rapport", ANA, "/rapport", ()),
    ("help", ANA, "/rapport help", ()),
)
HR_PAGES = (
    "Check-in settings",
    "Values",
    "Recognition",
    "Goal coverage",
    "Department rhythms",
    "Absence signs",
)
ON_FRIDAY: Sequence[Screen] = (
    ("messages-employee", ANA, "#/app/messages", ()),
    ("messages-asked", LENA, "#/app/messages", ()),
    ("messages-manager-friday", BEN, "#/app/messages", ()),
)


async def take(browser: Browser, address: str, screens: Sequence[Screen], folder: Path) -> None:
    """Says which screens are not to be had, and goes on."""
    for width, height in SIZES:
        for name, who, line, buttons in screens:
            context = await browser.new_context(viewport={"width": width, "height": height})
            context.set_default_timeout(8_000)
            page = await context.new_page()
            try:
                await show(page, f"{address}as/{who}", line, buttons)
                await picture(page, folder / f"{name}-{width}", width, height)
            except Exception as error:
                sys.stderr.write(f"  {name} at {width}: {str(error).splitlines()[0]}\n")
            finally:
                await close_windows(page)
                await context.close()


async def show(page: Page, address: str, line: str, buttons: Sequence[str]) -> None:
    await page.goto(address + (line if line.startswith("#") else "#/app/messages"))
    await expect(page.get_by_role("main")).not_to_be_empty()
    if line.startswith("/"):
        await command(page, line)
        await expect(page.get_by_role("combobox", name="Message")).to_have_value("")
    for button in buttons:
        await page.get_by_role("button", name=button).first.click()
    await page.wait_for_load_state("networkidle")
    await page.wait_for_timeout(300)  # what has opened comes to rest


async def picture(page: Page, path: Path, width: int, height: int) -> None:
    await page.screenshot(path=f"{path}.png")
    if await page.evaluate(SCROLLS):
        await page.set_viewport_size({"width": width, "height": WHOLE})
        await page.screenshot(path=f"{path}-whole.png")
        await page.set_viewport_size({"width": width, "height": height})


async def run(folder: Path, data: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    demo = Demo(data, port=0, today=TODAY)
    async with demo.running(), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIETLY)
        address = f"{demo.slack.url}/"
        of_hr = [(f"hr-{one.lower().replace(' ', '-')}", NADIA, "#/app/home", (one,)) for one in HR_PAGES]
        await take(browser, address, [*SCREENS, *of_hr], folder)
        demo.read_until[LENA] = {}  # somebody plays her, so she does not write by herself
        await demo.travel(FRIDAY)
        await take(browser, address, ON_FRIDAY, folder)
        await browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        asyncio.run(run(given.folder, Path(data)))


if __name__ == "__main__":
    main()

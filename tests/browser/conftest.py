"""A real Chromium before the demo: one browser for all, and for each test a demo of its own that has a short past."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from playground.demo import Demo

TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday; the demo begins on the Wednesday before
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
NO_BROWSER = (
    "No Chromium here, so nobody has looked at the page. To get one: apt-get install chromium, or "
    ".venv/bin/playwright install chromium"
)
QUIETLY = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
# Generous, since a machine that does other work is slow; nothing waits longer than it must.
PATIENCE = 120_000  # milliseconds
expect.set_options(timeout=PATIENCE)

Window: TypeAlias = Callable[..., Awaitable[Page]]
ANA, BEN, KWAME, NADIA = "U0ANASILVA", "U0BENOKAFOR", "U0KWAMEMENSAH", "U0NADIARAHMAN"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them in one event loop, since they share the browser."""
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """Where it is; None lets Playwright take its own. Missing is a failure where everything must be there."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    own = list((Path.home() / ".cache" / "ms-playwright").glob("chromium*"))
    if not found and not own:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)  # noqa: TID251
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str | None) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIETLY)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def beginning(chromium: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a demo that has just begun; living through even a short past takes a while."""
    folder = tmp_path_factory.mktemp("demo")

    async def begin() -> None:
        async with Demo(folder, port=0, today=TODAY, weeks=2).running():
            pass

    asyncio.run(begin())
    yield folder


@pytest_asyncio.fixture(loop_scope="session")
async def demo(beginning: Path, tmp_path: Path) -> AsyncIterator[Demo]:
    shutil.copytree(beginning, tmp_path, dirs_exist_ok=True)
    demo = Demo(tmp_path, port=0, today=TODAY)
    async with demo.running():
        yield demo


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, demo: Demo) -> AsyncIterator[Window]:
    """`page = await window(ANA, "#/app/home")`: a window of that person's; what goes wrong in it fails the test."""
    wrong: list[str] = []

    async with AsyncExitStack() as open_windows:

        async def open_window(who: str, place: str = "", **options: Any) -> Page:
            options.setdefault("viewport", {"width": 1280, "height": 800})
            context = await open_windows.enter_async_context(await browser.new_context(**options))
            context.set_default_timeout(PATIENCE)
            page = await context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
            await page.goto(f"{demo.slack.url}/as/{who}{place}")
            await expect(page.get_by_role("main")).not_to_be_empty()
            return page

        yield open_window
    assert not wrong

"""`python -m playground` as whoever tries Rapport for the first time meets it."""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from playground.__main__ import free_port, step
from playground.bot_process import BotProcess, StepFailed
from tests.playground.test_page import Form

ANA, BEN = "/as/U0ANASILVA", "/as/U0BENOKAFOR"


@asynccontextmanager
async def running_demo(data: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    demo = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "playground", "--port", "0", "--data", str(data)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield demo
    finally:
        if demo.returncode is None:
            demo.kill()
        await demo.wait()


async def lines_until(demo: asyncio.subprocess.Process, last: str) -> list[str]:
    """What the demo prints up to the line with these words, or up to its end."""
    assert demo.stdout
    lines = [""]
    async with asyncio.timeout(60):
        while last not in lines[-1] and not demo.stdout.at_eof():
            lines.append((await demo.stdout.readline()).decode().rstrip())
    return lines[1:]


async def test_the_demo_brings_a_check_in_to_the_manager_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo:
        told = await lines_until(demo, "Open http")
        assert [line.split(" …")[0].strip() for line in told if "done" in line] == [
            "Creating the database",
            "Importing the company",
            "Naming HR",
            "Starting the bot",
        ], told
        [address] = re.findall(r"http://127\.0\.0\.1:\d+/", told[-1])
        async with httpx.AsyncClient(base_url=address, follow_redirects=True) as browser:
            assert "Ben Okafor" in (await browser.get("/")).text
            assert "Your check-in" not in await check_in(browser)
            await until_told(browser, BEN, "Ana Silva")
        demo.send_signal(signal.SIGINT)
        assert (await lines_until(demo, "The demo has ended."))[-1] == "The demo has ended."
        assert await demo.wait() == 0


async def check_in(browser: httpx.AsyncClient) -> str:
    """Posts one as Ana; returns the page after that, which no longer shows the form."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    form = await browser.post(f"{ANA}/command", content="text=/checkin", headers=headers)
    assert "Your check-in" in form.text
    answers = {'["moved", "value"]': "The importer", '["next", "value"]': "Its docs", "do": "submit"}
    sent = Form(form.text, "Share check-in").filled(answers)
    return (await browser.post(f"{ANA}/act", content=urlencode(sent), headers=headers)).text


async def until_told(browser: httpx.AsyncClient, somebody: str, words: str) -> None:
    """Looks again and again, as a person would: the bot is another process and gives no sign."""
    async with asyncio.timeout(30):
        while words not in (await browser.get(f"{somebody}/")).text:
            pass


async def test_a_child_that_fails_says_why(tmp_path: Path) -> None:
    bot = BotProcess({"DATABASE_URL": "nonsense"}, tmp_path / "log")
    with pytest.raises(StepFailed) as failure:
        await bot.command("migrate")
    assert "DATABASE_URL" in failure.value.said


async def test_a_bot_that_dies_at_once_is_not_waited_for(tmp_path: Path) -> None:
    bot = BotProcess({"DATABASE_URL": "nonsense"}, tmp_path / "log")
    with pytest.raises(StepFailed, match="DATABASE_URL"):
        async with bot.running(f"http://127.0.0.1:{free_port()}"):
            pass


def test_a_failing_step_shows_what_was_said_and_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StepFailed), step("Baking", "Buy flour."):
        raise StepFailed("no flour")
    shown = capsys.readouterr()
    assert shown.out == "  Baking … failed\n"
    assert shown.err == "no flour\nBuy flour.\n"


def test_a_taken_port_gives_way_to_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) != port

"""The demo without its page: it starts, has a past, lets time pass in order, and goes on where it was left."""

import asyncio
import json
import re
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from websockets.asyncio.client import connect

from playground.activity import A_HANG
from playground.demo import Demo, beginning
from playground.driver import Slack
from playground.listening import free_port
from playground.steps import StepFailed, step

HANGS = 900  # seconds; a busy machine may well take minutes to live through six weeks
AT_ONCE = 30  # seconds; 3 where nobody else uses the machine
TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
GOES_ON = "  It goes on where it was left; make demo-reset begins anew."
LISBON = ZoneInfo("Europe/Lisbon")
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=LISBON)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that has just begun."""
    folder = tmp_path_factory.mktemp("demo")

    async def begin() -> None:
        async with Demo(folder, port=0, today=TODAY, weeks=1).running():
            pass

    asyncio.run(begin())
    return folder


@pytest.fixture
async def demo(begun: Path, tmp_path: Path) -> AsyncIterator[Demo]:
    demo = Demo(shutil.copytree(begun, tmp_path / "var"), port=0, today=TODAY)
    async with demo.running():
        yield demo


@asynccontextmanager
async def process(data: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """It hears Ctrl-C, also where a shell started these tests in the background, which passes on that nobody does."""
    demo = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "playground", "--port", "0", "--no-browser", "--data", str(data)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
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
    async with asyncio.timeout(HANGS):
        while last not in lines[-1] and not demo.stdout.at_eof():
            lines.append((await demo.stdout.readline()).decode().rstrip())
    return lines[1:]


@pytest.mark.proof
async def test_it_says_what_it_does_while_it_lives_through_six_weeks(tmp_path: Path) -> None:
    async with process(tmp_path) as demo:
        told = await lines_until(demo, "Open http")
        assert [line.split(" …")[0].strip() for line in told if "done" in line] == [
            "Starting the bot",
            "Importing the company",
            "Living through its last 6 weeks",
        ], told
        assert re.search(r"http://127\.0\.0\.1:\d+/", told[-1])
        demo.send_signal(signal.SIGINT)
        assert await demo.wait() == 0
    async with process(tmp_path) as again:
        assert GOES_ON in await lines_until(again, "Open http")


async def test_it_goes_on_gives_the_address_last_and_ends_on_ctrl_c(begun: Path, tmp_path: Path) -> None:
    async with process(shutil.copytree(begun, tmp_path / "var")) as demo:
        told = await lines_until(demo, "Open http")
        assert GOES_ON in told
        assert not any("Living" in line for line in told)
        [address] = re.findall(r"http://127\.0\.0\.1:\d+/", told[-1])
        async with httpx.AsyncClient(follow_redirects=True, timeout=A_HANG) as browser:
            assert "<!doctype html>" in (await browser.get(address)).text
        demo.send_signal(signal.SIGINT)
        assert (await lines_until(demo, "The demo has ended."))[-1].startswith("The demo has ended.")
        assert await demo.wait() == 0


@pytest.mark.parametrize("farewell", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
async def test_it_ends_at_once_while_time_passes_and_goes_on_from_there(
    begun: Path, tmp_path: Path, farewell: signal.Signals
) -> None:
    folder = shutil.copytree(begun, tmp_path / "var")
    async with process(folder) as demo:
        [address] = re.findall(r"http://(.*)/", (await lines_until(demo, "Open http"))[-1])
        async with (
            connect(f"ws://{address}/as/U0ANASILVA/live", max_size=None) as window,
            httpx.AsyncClient(timeout=HANGS) as browser,
        ):
            travel = f"http://{address}/as/U0ANASILVA/do/travel"
            journey = asyncio.create_task(browser.post(travel, json={"to": "2027-09-30T16:00"}))
            while not (json.loads(await window.recv()).get("clock") or {}).get("heading"):
                pass
            demo.send_signal(farewell)
            async with asyncio.timeout(AT_ONCE):
                assert await demo.wait() == 0
            await asyncio.wait([journey])
            assert journey.exception() or "at" in journey.result().json()
    assert Demo(folder, port=0, today=TODAY).clock() < datetime(2027, 9, 1, tzinfo=UTC).timestamp()
    async with process(folder) as again:
        assert GOES_ON in await lines_until(again, "Open http")


async def test_it_goes_on_with_everything_that_was_there(begun: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(begun, tmp_path / "var")
    first = Demo(folder, port=0, today=TODAY)
    async with first.running():
        ana = Slack(first.slack, first.team.workspace).person("Ana Silva")
        await ana.command("/checkin")
        ana.modal.fill("What did you ship…", "Half of it")
        await ana.say("Good morning", channel="engineering")
        stopped = first.clock()
    second = Demo(folder, port=0, today=TODAY + timedelta(days=30))
    async with second.running():
        assert second.goes_on
        assert 0 <= second.clock() - stopped < 60
        ana = Slack(second.slack, second.team.workspace).person("Ana Silva")
        assert "Half of it" in ana.modal.text
        assert "Ana: Good morning" in ana.channel("engineering").text
        ana.modal.fill("What matters most…", "The rest")
        await ana.modal.submit()
        assert ana.modal.title == "Check-in shared", "bot and Slack still know each other"


async def test_half_of_what_was_kept_counts_as_nothing(begun: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(begun, tmp_path / "var")
    (folder / "demo.db").unlink()
    assert not Demo(folder, port=0, today=TODAY).goes_on
    (shutil.copytree(begun, tmp_path / "other") / "demo-slack.json").write_text("{}")
    assert not Demo(tmp_path / "other", port=0, today=TODAY).goes_on


async def test_the_company_has_a_past_that_managers_can_read(demo: Demo) -> None:
    ben = Slack(demo.slack, demo.team.workspace).person("Ben Okafor")
    home = await ben.open_home()
    assert "Check-ins: the last is for the week of 9 November." in home.text
    await home.press("Open my team")
    await ben.modal.press("Week before")
    assert re.search(r"[345] of 5 wrote their check-in", ben.modal.text)


async def test_the_bot_welcomes_nobody_who_has_a_past_with_it(demo: Demo) -> None:
    await demo.travel(FRIDAY)
    welcomed = {
        ping.user_id for ping in demo.team.workspace.ledger.pings if ping.text.startswith("Hello, I help you")
    }
    assert not welcomed & {"U0ANASILVA", "U0BENOKAFOR", "U0LENAWEISS", "U0NADIARAHMAN"}


async def test_thanks_of_the_past_stand_in_their_channel_at_the_time_they_were_given(demo: Demo) -> None:
    workspace = demo.team.workspace
    channel = workspace.channel_named("thanks")
    assert channel
    posts = list(channel.messages.values())
    assert len(posts) >= 4 and all(" thanks " in post.text for post in posts)
    days = [datetime.fromtimestamp(float(post.ts), LISBON) for post in posts]
    assert {day.isocalendar().week for day in days} == {46, 47}
    assert len({day.date() for day in days}) > 2


async def test_time_put_forward_tells_everybody_what_was_due_in_order(demo: Demo) -> None:
    ledger = demo.team.workspace.ledger
    before = len(ledger.pings)
    await demo.travel(FRIDAY)
    told = ledger.pings[before:]
    assert [ping.at for ping in told] == sorted(ping.at for ping in told)
    ana = [
        ping for ping in told if ping.user_id == "U0ANASILVA" and ping.text.startswith("How was your week?")
    ]
    asked = datetime.fromtimestamp(ana[0].at, LISBON)
    assert (asked.strftime("%A"), asked.hour) == ("Thursday", 16)
    assert demo.clock.now() - FRIDAY < timedelta(seconds=60)


async def test_colleagues_live_on_while_time_passes_but_not_those_whom_somebody_plays(demo: Demo) -> None:
    demo.read_until["U0LENAWEISS"] = {}  # somebody has looked at her Slack
    await demo.travel(FRIDAY + timedelta(days=2))
    ben = Slack(demo.slack, demo.team.workspace).person("Ben Okafor")
    await ben.command("/checkin team")
    week = ben.modal.text
    assert "Ana Silva\nNot written yet" in week
    assert "Lena Weiß\nNot written yet" in week
    assert re.search(r"[23] of 5 wrote", week)


def test_it_begins_on_the_wednesday_of_the_week_it_is_tried_in() -> None:
    for day in range(16, 23):
        begins = beginning(datetime(2026, 11, day, 12, 0, tzinfo=UTC))
        assert begins == datetime(2026, 11, 18, 10, 0, tzinfo=LISBON)


def test_a_failing_step_shows_what_was_said_and_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StepFailed), step("Baking", "Buy flour."):
        raise StepFailed("no flour")
    shown = capsys.readouterr()
    assert shown.out == "  Baking … failed\n"
    assert shown.err == "no flour\nBuy flour.\n"


def test_a_taken_port_gives_way_to_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) != port

"""When Slack wants less, is out of reach, or the app was removed: nothing is lost."""

import asyncio
from datetime import timedelta

import pytest

from bot.courier import Pace
from bot.slack import Slack
from tests.bad_line import busy
from tests.conftest import NOW
from tests.courier.builders import fast
from tests.mailroom import Mailroom


async def test_429_is_obeyed_and_nothing_is_lost(room: Mailroom) -> None:
    await room.plan("a", "b", "c")
    room.line.next("chat.postMessage", busy(17))
    courier = room.courier(pace=fast())
    await courier.deliver_due()
    times = [float(ts) - NOW.timestamp() for ts in room.team.dm_of(room.ana.id).messages]
    assert len(times) == 2
    assert min(times) >= 17
    await courier.deliver_due()
    assert sorted(room.seen()) == ["a for Ana", "b for Ana", "c for Ana"]
    assert room.line.calls.count("chat.postMessage") == 4


async def test_429_halves_the_rate_and_success_raises_it_slowly() -> None:
    pace = Pace(rate=2.0, ceiling=2.05, growth=0.02)
    pace.slow_down()
    assert pace.rate == 1.0
    for _ in range(10):
        pace.went_well()
    assert pace.rate == pytest.approx(1.2)
    for _ in range(1000):
        pace.went_well()
    assert pace.rate == 2.05


async def test_messages_keep_the_pace(room: Mailroom) -> None:
    await room.plan(*[str(n) for n in range(30)])
    await room.courier(pace=Pace(rate=1.0, growth=0.0)).deliver_due()
    ticks = sorted(float(ts) - NOW.timestamp() for ts in room.team.dm_of(room.ana.id).messages)
    assert len(ticks) == 30
    assert 28 <= ticks[-1] <= 30, "one a second, the first at once"


def test_a_late_start_is_made_good_so_that_delays_do_not_add_up() -> None:
    pace, now = Pace(rate=1.0), NOW
    for _ in range(100):
        now += timedelta(seconds=pace.delay(now) + 0.05)  # each send begins a little late
        pace.spent(now)
    assert (now - NOW).total_seconds() == pytest.approx(99, abs=1.1)


def test_a_pause_survives_a_clock_that_is_set_back() -> None:
    pace = Pace()
    pace.pause(NOW, timedelta(seconds=30))
    assert pace.delay(NOW - timedelta(hours=1)) == 30
    assert pace.delay(NOW - timedelta(hours=1) + timedelta(seconds=30)) == 0


async def test_without_a_connection_nothing_counts_as_tried_out(room: Mailroom, unused_tcp_port: int) -> None:
    await room.plan("a")
    async with Slack.connect("xoxb-1", f"http://127.0.0.1:{unused_tcp_port}/") as nowhere:
        await room.courier(bot=room.with_slack(nowhere)).deliver_due()
    assert await room.state() == ("planned", "unreachable")
    room.wait(timedelta(seconds=5))
    await room.courier().deliver_due()
    assert room.seen() == ["a for Ana"]


async def test_a_revoked_token_burns_no_notification(room: Mailroom) -> None:
    await room.plan("a", "b")
    room.team.installed.revoked = "token_revoked"
    courier = room.courier()
    await courier.deliver_due()
    assert set((await room.states()).values()) == {"planned"}
    room.team.installed.revoked = ""
    room.wait(timedelta(minutes=2))
    await courier.deliver_due()
    assert sorted(room.seen()) == ["a for Ana", "b for Ana"]


async def test_an_app_that_was_removed_is_silent(room: Mailroom) -> None:
    await room.plan("a")
    room.bot.removed.set()
    courier = room.courier(sleep=asyncio.sleep)
    running = asyncio.create_task(courier.run())
    await asyncio.sleep(0)
    await courier.stop()
    await running
    assert "chat.postMessage" not in room.line.calls

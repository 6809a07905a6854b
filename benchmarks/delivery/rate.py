"""Ten minutes of a real courier against a Slack with real limits: how much of what is permitted goes out."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from benchmarks.delivery.town import Town, town
from benchmarks.rows import Row
from bot.capabilities import house
from bot.courier import Courier
from playground.ground import CallRecord
from playground.limits import WORKSPACE as PERMITTED

DUE = 4000
SECONDS = 600


async def measure(database_url: str) -> Sequence[Row]:
    async with town(database_url, DUE, wall=_standing_still) as place:
        await place.owe_nudges(to=place.people)
        began = place.clock()
        await _deliver_for(place, SECONDS)
        calls = [call for call in place.playground.calls if call.at <= began + SECONDS]
    burst, per_second = PERMITTED
    return (
        Row(
            "messages in ten virtual minutes; floor: the most Slack permits",
            len([call for call in calls if call.method == "chat.postMessage" and call.answer["ok"]]),
            burst + SECONDS * per_second,
            0.95,
            "",
            digits=0,
        ),
        Row("of those minutes' calls, told to wait (429)", _refused(calls), len(calls), 0.01, "", True, 0),
    )


def _standing_still() -> float:
    """Only waiting takes time, so that the figure is that of the courier's pace and not of this machine."""
    return 0.0


def _refused(calls: Sequence[CallRecord]) -> int:
    return len([call for call in calls if call.status == 429])


async def _deliver_for(place: Town, seconds: float) -> None:
    ends, over = place.clock() + seconds, asyncio.Event()

    async def sleep(wanted: float) -> None:
        await place.clock.pass_time(wanted)
        if place.clock() > ends:
            over.set()

    courier = Courier(place.bot, house().spoken, sleep=sleep)
    running = asyncio.create_task(courier.run())
    await over.wait()
    await courier.stop()
    with suppress(asyncio.CancelledError):
        await running
